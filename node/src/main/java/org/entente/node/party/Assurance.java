package org.entente.node.party;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.entente.evidence.card.PartyCode;

/**
 * With which partners this node knows, since its start, that its log of the relationship is as new as what they have seen. With
 * the others it does nothing of its own accord: in an older copy, what is owed may have been done.
 */
public final class Assurance {
    private static final long LOOK_MILLIS = 250;

    private final Set<PartyCode> assured = ConcurrentHashMap.newKeySet();
    private final Consumer<PartyCode> gained;

    /** @param gained is told of each partner with whom what waited may go on, before it does */
    public Assurance(Consumer<PartyCode> gained) {
        this.gained = gained;
    }

    public boolean with(PartyCode partner) {
        return assured.contains(partner);
    }

    /** The partners, for a query. */
    public String[] partners() {
        return assured.stream().map(PartyCode::text).toArray(String[]::new);
    }

    /** It is known. */
    public void gain(PartyCode partner) {
        if (!with(partner)) {
            gained.accept(partner);
            synchronized (this) {
                assured.add(partner);
                notifyAll();
            }
        }
    }

    /** It is not known any more: something says that the partner has seen more. */
    public void lose(PartyCode partner) {
        assured.remove(partner);
    }

    /**
     * Waits a while for it, unless it becomes vain.
     *
     * @return whether it is known
     */
    public synchronized boolean await(PartyCode partner, Duration patience, BooleanSupplier vain)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!with(partner) && !vain.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(Math.min(left, LOOK_MILLIS));
        }
        return with(partner);
    }
}
