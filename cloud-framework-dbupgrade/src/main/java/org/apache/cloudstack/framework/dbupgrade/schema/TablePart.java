package org.apache.cloudstack.framework.dbupgrade.schema;

/** What a table is made of, and what can be added to one. */
public sealed interface TablePart permits Column, Index, Reference, Check, TableOptions {}
