package org.entente.exchange.delivery;

class InMemoryOutboxTest extends OutboxContract {
    @Override
    protected Outbox outbox() {
        return new InMemoryOutbox();
    }
}
