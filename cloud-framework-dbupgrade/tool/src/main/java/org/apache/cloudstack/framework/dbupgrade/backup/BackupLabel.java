package org.apache.cloudstack.framework.dbupgrade.backup;

/**
 * What the caller knows of the databases, for the manifest.
 *
 * @param release the release that they are at; empty when it is not known
 * @param releaseId the identity of that release; empty when it is not known
 * @param journal what the upgrade's journal says of work that is not done, such as {@code V_410_A__x.sql RUNNING}; empty
 *     when it says nothing
 */
public record BackupLabel(String release, String releaseId, String journal) {}
