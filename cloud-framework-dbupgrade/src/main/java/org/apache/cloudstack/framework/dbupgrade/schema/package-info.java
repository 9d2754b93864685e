/**
 * The language in which a developer states a change of the schema in Java. Each thing that is stated is one statement, known
 * both as text and as the operations that the parser would read from it. Nothing here knows a server: the text is the same
 * for all of them, and what is impossible everywhere is refused when it is stated. The text is also the identity of a
 * migration: writing anything in another way would make new changes of all that were shipped.
 */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.schema;

import org.jspecify.annotations.NullMarked;
