package org.apache.cloudstack.framework.dbupgrade.test.assertions;

import org.assertj.core.api.AbstractAssert;

/**
 * What all assertions here have in common.
 *
 * @param <S> the assertion itself
 * @param <A> what it is about
 */
abstract class TextAssert<S extends TextAssert<S, A>, A> extends AbstractAssert<S, A> {

    TextAssert(A actual, Class<?> self) {
        super(actual, self);
    }

    /** The error with this text, which may hold any character; to be thrown. */
    final AssertionError failure(String text) {
        return super.failure("%s", text);
    }
}
