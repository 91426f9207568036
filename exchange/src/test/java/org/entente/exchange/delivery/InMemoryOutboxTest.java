package org.entente.exchange.delivery;

class InMemoryOutboxTest extends OutboxContract {
    @Override
    Outbox outbox() {
        return new InMemoryOutbox();
    }
}
