package org.entente.exchange.delivery;

class InMemoryInboxTest extends InboxContract {
    @Override
    protected Inbox inbox() {
        return new InMemoryInbox();
    }
}
