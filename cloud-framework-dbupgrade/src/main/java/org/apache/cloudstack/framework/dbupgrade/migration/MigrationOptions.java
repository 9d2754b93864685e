package org.apache.cloudstack.framework.dbupgrade.migration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a {@link JavaMigration} what the directives of a script say of the script. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface MigrationOptions {

    /**
     * Stands for the content of the class; its change id is made of this and of the place of the class. Without it the bytes
     * of the class do, so that another compiler makes another change; give a revision to every migration that is shipped. A
     * {@link SchemaMigration} is known by what it states, and takes neither this nor {@link #reads()} and {@link #writes()}.
     */
    String revision() default "";

    /**
     * {@code <release>_<sequence>} of the class in a parallel line that this one is a backport of: the two are one change,
     * and a database runs one of them.
     */
    String sameAs() default "";

    /** What the class was before its release was cut, such as {@code next_A__fill}; the command that cuts writes it. */
    String cutFrom() default "";

    /** The {@code sql_mode} to run under instead of the pinned one. */
    String sqlMode() default "";

    /** {@code expand}, {@code migrate} or {@code contract}. */
    String phase() default "";

    /** {@code <change id> because <reason>}: older contents that need not be replaced by this one. */
    String[] supersedes() default {};

    /** {@code <release>_<sequence> because <reason>}: migrations that someone found to commute with this one. */
    String[] commutesWith() default {};

    /** {@code <release>_<sequence>}: migrations whose conflict this one settles. */
    String[] resolves() default {};

    /** {@code <rule> because <reason>}: rules that this migration may break. */
    String[] waive() default {};

    /**
     * What it reads: {@code table} or {@code table.column} of the first database, {@code schema.table.column} of another
     * one, with {@code *} for all columns. Together with {@link #writes()} this is its footprint; a class that states
     * neither is taken to touch anything.
     */
    String[] reads() default {};

    /** What it writes; see {@link #reads()}. */
    String[] writes() default {};

    /**
     * Whether it may run after the server is up, while the application works on data of both kinds: of a migration with phase
     * {@code migrate} that states its {@link #reads()} and {@link #writes()} and sets checkpoints. What needs it waits for it;
     * it runs before the server comes up nevertheless where the server could not do without something that needs it.
     */
    boolean background() default false;

    /** Why it is there, where a lint rule asks for a reason. */
    String reason() default "";
}
