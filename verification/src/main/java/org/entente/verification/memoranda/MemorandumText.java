package org.entente.verification.memoranda;

import java.util.List;

/** Writes an invented memorandum as people would. */
final class MemorandumText {
    private final InventedMemorandum memorandum;
    private final StringBuilder text = new StringBuilder();

    MemorandumText(InventedMemorandum memorandum) {
        this.memorandum = memorandum;
    }

    String write() {
        int clauses = memorandum.shape().clauses();
        line("# Invented; nobody means it.");
        line("memorandum: INVENTED/" + clauses + "/" + Long.toUnsignedString(memorandum.seed()));
        line("version: 1");
        line("title: " + both("Invented memorandum of " + clauses, "Memorando inventado de " + clauses));
        line("languages: {authentic: [en, es], if they diverge: consult}");
        names();
        line("clauses:");
        always();
        memorandum.grants().forEach(this::grant);
        line("never:");
        line("  - nothing obtained outside the supplier's territory moves without a joint authorisation of the place");
        line("  - no act for a purpose not named here");
        line("  - no forward to a third party without the originator's consent");
        line("  - no use as evidence without the originator's consent");
        line("  - no suspicious-report to or from anything but a financial-intelligence-unit");
        line("  - no victim, witness, minor or source in an index");
        return text.toString();
    }

    private void names() {
        line("parties:");
        memorandum.members().stream().map(Member::party).distinct().forEach(party -> {
            line("  " + party + ":");
            line("    name: " + both("Party " + party, "Parte " + party));
            line("    territory: [" + party + "]");
            line("    authorities:");
            memorandum.members().stream()
                    .filter(member -> member.party().equals(party))
                    .forEach(member -> line("      " + member.name() + ": {kind: " + member.kind() + ", territory: ["
                            + member.territory() + "]}"));
        });
        line("purposes:");
        InventedMemorandum.PURPOSES.forEach(
                purpose -> line("  " + purpose + ": {name: " + both(purpose, purpose) + "}"));
        line("  " + InventedMemorandum.JOINT + ": {name: " + both(InventedMemorandum.JOINT, InventedMemorandum.JOINT)
                + ", only under: joint-group}");
        line("categories:");
        Holding.ALL.forEach(this::category);
    }

    private void category(Holding holding) {
        String between = holding.onlyBetween().isEmpty() ? "" : ", only between: " + list(holding.onlyBetween());
        String under = holding.jointOnly() ? ", only under: joint-group" : "";
        line("  " + holding.code() + ": {name: " + both(holding.code(), holding.code()) + ", secrecy: "
                + holding.secrecy() + between + under + ", sensitive: " + yes(holding.sensitive()) + "}");
    }

    /** The clauses that stand once: as many as {@link Shape#SINGLE_CLAUSES}. */
    private void always() {
        clause("1.1", "legal nature: non-binding understanding", "signing is consent to be bound: no");
        clause("1.2", "not named here: refused");
        clause("1.3", "obtained outside own territory: only with a joint authorisation of the place");
        clause("1.4", "announce: with the countersignature of every party named");
        clause(
                "5.1",
                "answer requests: within P60D",
                "acknowledge: within P1D",
                "urgent: within PT8H",
                "interim: within P30D",
                "refuse only on: [own-investigation, national-security, not-held, disproportionate]",
                "never refuse on: [fiscal-matter]");
        clause(
                "6.1",
                "joint-group: " + list(memorandum.jointGroup()),
                "leaders: [" + memorandum.jointGroup().getFirst() + "]",
                "adds purposes: " + InventedMemorandum.JOINT,
                "adds categories: " + Holding.FIREARM.code(),
                "from: " + InventedMemorandum.JOINT_FROM,
                "until: " + InventedMemorandum.JOINT_UNTIL);
        clause(
                "7.1",
                "suspend: any party",
                "effect: at once",
                "resume: every party",
                "surviving: [confidentiality, retention, erasure, status-notices]");
        clause("7.2", "withdraw: any party", "notice: P60D");
    }

    private void grant(Grant grant) {
        Grant.Scope scope = grant.scope();
        line("  \"" + grant.number() + "\":");
        key(grant.kind().word() + ": " + list(scope.categories()));
        switch (grant.kind()) {
            case RECONCILE -> {
                key("between: " + list(scope.by()));
                key("for: " + list(scope.purposes()));
                index(grant.terms());
            }
            case PROBE -> {
                key("by: " + list(scope.by()));
                key("of: " + list(scope.counterpart()));
                key("for: " + list(scope.purposes()));
                index(grant.terms());
                probe(grant.terms());
            }
            case RELEASE -> {
                key("by: " + list(scope.by()));
                key("to: " + list(scope.counterpart()));
                key("for: " + list(scope.purposes()));
                key("on: " + (grant.terms().lenient() ? "request or own initiative" : "request"));
                handedOver(grant);
            }
            case CONTRIBUTE -> {
                key("between: " + list(scope.by()));
                key("for: " + list(scope.purposes()));
                handedOver(grant);
            }
        }
    }

    private void index(Grant.Terms terms) {
        key("mode: shared-index");
        key("index of at least: " + terms.indexMin() + " identifiers");
        key("cleared entries: " + (terms.lenient() ? "included with their status" : "not indexed"));
    }

    private void probe(Grant.Terms terms) {
        needs(terms);
        key("at most: " + terms.quota() + " identifiers each P1M");
        if (terms.watchDays() > 0) {
            key("watch: {each: P1D, for at most: P" + terms.watchDays() + "D}");
        }
        key("tell the other side of a hit: within P3D");
    }

    private void handedOver(Grant grant) {
        Grant.Terms terms = grant.terms();
        Grant.Handing handing = grant.handing();
        needs(terms);
        key("handling at least: " + (terms.lenient() ? "H0" : "H1"));
        key("grading: " + (terms.lenient() ? "optional" : "required"));
        key("use as evidence: " + handing.use().asEvidence());
        key("use for another purpose: " + handing.use().otherPurpose());
        key("use against an immediate threat: " + handing.use().threat());
        key("onward: " + handing.onward().others());
        if (!handing.onward().to().isEmpty()) {
            key("onward to: " + list(handing.onward().to()));
        }
        key("onward to those named in the request: " + (handing.onward().presumed() ? "presumed" : "with consent"));
        key("export: " + handing.export());
        key("keep: P" + terms.keepYears() + "Y");
        key("legal hold: " + handing.legalHold());
    }

    private void needs(Grant.Terms terms) {
        key("needs: {case: " + yes(!terms.lenient()) + ", legal basis: yes, officers: " + terms.officers() + "}");
    }

    private void clause(String number, String... keys) {
        line("  \"" + number + "\":");
        for (String key : keys) {
            key(key);
        }
    }

    private void key(String words) {
        line("    " + words);
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private static String both(String english, String spanish) {
        return "{en: " + english + ", es: " + spanish + "}";
    }

    private static String list(List<String> words) {
        return "[" + String.join(", ", words) + "]";
    }

    private static String yes(boolean holds) {
        return holds ? "yes" : "no";
    }
}
