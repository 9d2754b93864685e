/**
 * What the tags of a git repository report about releases: which follows which, and which migrations each really carried. For
 * developers and release managers, never at the start of a server; the only package that knows JGit, which applications
 * do not get.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.releases;

import org.jspecify.annotations.NullMarked;
