package org.apache.cloudstack.framework.dbupgrade.spring.injected;

public record Greeting(String text) {}
