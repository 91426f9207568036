package org.entente.memorandum.decision;

import java.util.Collection;
import org.entente.evidence.card.AuthorityCode;

/** The same act with other circumstances or grounds. */
final class With {
    private With() {}

    static Act consents(Act act, Collection<AuthorityCode> given) {
        return grounds(act, act.grounds().withConsents(given));
    }

    static Act grounds(Act act, Grounds grounds) {
        return of(act, act.circumstances(), grounds);
    }

    static Act circumstances(Act act, Circumstances circumstances) {
        return of(act, circumstances, act.grounds());
    }

    private static Act of(Act act, Circumstances where, Grounds grounds) {
        return switch (act) {
            case Act.Probe probe -> new Act.Probe(where, grounds, probe.charge(), probe.indexIdentifiers());
            case Act.Watch watch ->
                new Act.Watch(where, grounds, watch.charge(), watch.indexIdentifiers(), watch.rounds());
            case Act.Reconcile reconcile -> new Act.Reconcile(where, grounds, reconcile.indexIdentifiers());
            case Act.Index index -> new Act.Index(where, grounds, index.item());
            case Act.Request _ -> new Act.Request(where, grounds);
            case Act.Release release -> new Act.Release(where, grounds, release.item());
            case Act.Disseminate disseminate -> new Act.Disseminate(where, grounds, disseminate.item());
            case Act.Contribute contribute -> new Act.Contribute(where, grounds, contribute.item());
            case Act.Forward forward ->
                new Act.Forward(where, grounds, forward.received(), forward.to(), forward.namedInRequest());
            case Act.Use use -> new Act.Use(where, grounds, use.received(), use.manner());
            case Act.Export export -> new Act.Export(where, grounds, export.received());
            case Act.Retain retain -> new Act.Retain(where, grounds, retain.received());
            case Act.Announce announce -> new Act.Announce(where, grounds, announce.named(), announce.countersigned());
        };
    }
}
