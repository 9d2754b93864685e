package org.apache.cloudstack.framework.dbupgrade.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a test a {@link MigratedDatabase}. On a class or method it says what the test's databases are; fields and
 * parameters of that type get one.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface UpgradeDatabase {

    /** The release it is at; empty when it is given without any schema. {@code newest} is the newest one. */
    String at() default "";

    /** Where the migrations are; the library's own default unless given. */
    String[] locations() default {};

    /** The names of the databases; the library's own default unless given. */
    String[] schemas() default {};
}
