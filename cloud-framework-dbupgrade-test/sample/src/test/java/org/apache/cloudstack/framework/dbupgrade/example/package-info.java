/** A small project that uses library and kit from outside is built, without a fault and with one fault each. */
@NullMarked
package org.apache.cloudstack.framework.dbupgrade.example;

import org.jspecify.annotations.NullMarked;
