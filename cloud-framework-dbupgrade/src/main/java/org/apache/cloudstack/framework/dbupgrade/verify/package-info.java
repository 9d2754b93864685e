/**
 * Whether a database is what it should be: {@link org.apache.cloudstack.framework.dbupgrade.verify.SchemaSnapshot} is a
 * picture of its schemas that looks the same on every server, and two pictures differ in
 * {@link org.apache.cloudstack.framework.dbupgrade.verify.SchemaDifference}s. A
 * {@link org.apache.cloudstack.framework.dbupgrade.verify.SnapshotFile} keeps the picture of a release beside its
 * migrations.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.verify;

import org.jspecify.annotations.NullMarked;
