package org.entente.exchange.delivery;

class InMemoryInboxTest extends InboxContract {
    @Override
    Inbox inbox() {
        return new InMemoryInbox();
    }
}
