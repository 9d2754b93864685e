/**
 * Releases as developers and release managers handle them, never at the start of a server: what the tags of a git repository say
 * about them, and how the migrations of the next one get its number. The only package that knows JGit, which applications do not
 * get.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.releases;

import org.jspecify.annotations.NullMarked;
