package org.apache.cloudstack.framework.dbupgrade.migration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a {@link JavaMigration} what the head lines of a script say of the script. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface MigrationOptions {

    /**
     * Stands for the content of the class in its change id. Without it the bytes of the class do, so that another
     * compiler makes another change; give a revision to every migration that is shipped.
     */
    String revision() default "";

    /** The {@code sql_mode} to run under instead of the pinned one. */
    String sqlMode() default "";

    /** {@code expand}, {@code migrate} or {@code contract}. */
    String phase() default "";

    /** Why it is there, where conventions.md asks for a reason. */
    String reason() default "";
}
