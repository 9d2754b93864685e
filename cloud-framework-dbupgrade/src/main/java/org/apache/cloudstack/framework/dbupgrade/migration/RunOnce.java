package org.apache.cloudstack.framework.dbupgrade.migration;

/**
 * What a database runs once: a content, and the how many-th time it is on the way to a release. Copies in parallel lines are
 * the same; a release that repeats what it contains means it again.
 *
 * @param content the identity of the content
 * @param time 1 where no release that is contained brings the content
 */
public record RunOnce(ChangeId content, int time) {}
