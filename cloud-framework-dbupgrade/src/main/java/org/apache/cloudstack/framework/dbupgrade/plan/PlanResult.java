package org.apache.cloudstack.framework.dbupgrade.plan;

/** What planning ends in: a {@link Plan}, or a {@link Refusal}. */
public sealed interface PlanResult permits Plan, Refusal {}
