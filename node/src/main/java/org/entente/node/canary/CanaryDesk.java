package org.entente.node.canary;

/** All that oversight and legal advisers work with about canaries. */
public record CanaryDesk(Canaries planted, AgreedCanaries agreed, CanaryAlarms alarms, CanaryReadings readings) {}
