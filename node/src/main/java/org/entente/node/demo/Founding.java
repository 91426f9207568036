package org.entente.node.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.officer.Token;
import tools.jackson.databind.node.ObjectNode;

/** Chapter a: each node is made and started, the party cards are exchanged and pinned, officers are enrolled. */
final class Founding {
    private static final Duration INIT_LIMIT = Duration.ofSeconds(60);
    private static final List<Role> ROLES = List.of(Role.LEGAL, Role.ANALYST, Role.LIAISON);

    private final Stage stage;
    private final SecureRandom random = new SecureRandom();

    Founding(Stage stage) {
        this.stage = stage;
    }

    /** Where the cards lie as they were exchanged. */
    static Path card(DemoOrder order, Unit unit) {
        return order.home().resolve("cards").resolve(unit.party() + ".json");
    }

    void play() throws StoryBroken, InterruptedException {
        stage.account().chapter("a");
        stage.account().step("nodes-initialised", this::initialise);
        stage.account().step("nodes-running", this::run);
        stage.account().step("cards-pinned", this::pin);
        stage.account().step("officers-enrolled", this::enrol);
    }

    private void initialise(Telling telling) throws IOException, InterruptedException, StoryBroken {
        List<NodeProcess> begun = new ArrayList<>();
        for (Office office : stage.both()) {
            if (!office.initialised()) {
                begun.add(office.beginInit(random));
            }
        }
        for (NodeProcess init : begun) {
            init.endsWell(INIT_LIMIT, "node init");
        }
        String mx = stage.mx().home().folder().toString();
        String us = stage.us().home().folder().toString();
        if (begun.isEmpty()) {
            telling.sayAgain(mx, us);
        } else {
            telling.say(mx, us);
        }
    }

    private void run(Telling telling) throws IOException, InterruptedException, NodeRefusal, Malformed, StoryBroken {
        long start = System.nanoTime();
        for (Office office : stage.both()) {
            office.beginRun();
        }
        ObjectNode addresses = Stage.object();
        for (Office office : stage.both()) {
            office.awaitReady();
            addresses
                    .putObject(office.unit().party())
                    .put("api", office.addresses().api().toString())
                    .put("peer", office.addresses().peer())
                    .put("pid", office.process().pid());
            telling.detail().put(office.unit().folder() + "ReadyMillis", (System.nanoTime() - start) / 1_000_000);
        }
        stage.account().put("addresses", addresses);
        telling.say(
                stage.mx().addresses().api().toString(),
                stage.us().addresses().api().toString());
    }

    /** The fingerprint comes from its own side, as people tell it each other by another way than the card's. */
    private void pin(Telling telling) throws IOException, InterruptedException, NodeRefusal, Malformed {
        boolean again = true;
        for (Office office : stage.both()) {
            Path file = card(stage.order(), office.unit());
            Files.createDirectories(file.getParent());
            Files.copy(office.home().card(), file, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> fingerprints = new ArrayList<>();
        for (Office office : stage.both()) {
            Office partner = stage.other(office);
            OfficerClient administrator = office.officer(Role.ADMINISTRATOR);
            again &= Stage.find(
                            administrator.get("/api/partners"),
                            "partners",
                            new Stage.Entry("party", partner.unit().party()))
                    .isPresent();
            byte[] card = Files.readAllBytes(card(stage.order(), partner.unit()));
            String fingerprint = partner.officer(Role.ADMINISTRATOR)
                    .get("/api/node")
                    .required("fingerprint")
                    .asString();
            ObjectNode pinned = Stage.object()
                    .put("fingerprint", fingerprint)
                    .put("address", partner.addresses().peer());
            pinned.set("card", CanonicalJson.parse(card, PartyCard.BYTES_MAX));
            administrator.post("/api/partners", pinned);
            fingerprints.add(PartyCard.parse(card).fingerprintText());
        }
        if (again) {
            telling.sayAgain();
        } else {
            telling.say(shortened(fingerprints.get(1)), shortened(fingerprints.get(0)));
        }
    }

    /** The first four groups, for a line that is to be read. */
    private static String shortened(String fingerprint) {
        return fingerprint.substring(0, Math.min(19, fingerprint.length()));
    }

    private void enrol(Telling telling) throws IOException, InterruptedException, NodeRefusal, Malformed {
        int enrolled = 0;
        for (Office office : stage.both()) {
            for (Role role : ROLES) {
                String pseudonym = office.unit().acting().toLowerCase(Locale.ROOT) + "-" + role.word() + "-1";
                Path file = stage.order().home().resolve("officers").resolve(pseudonym + ".json");
                if (!Files.exists(file)) {
                    draw(office, role, pseudonym, file);
                }
                if (enrolAnew(office, Credential.load(file))) {
                    enrolled++;
                }
                office.sign(role, file);
            }
        }
        if (enrolled == 0) {
            telling.sayAgain();
        } else {
            telling.say(enrolled);
        }
    }

    /** Makes an officer's keys and token where the officer keeps them. */
    private void draw(Office office, Role role, String pseudonym, Path file) throws IOException, Malformed {
        Files.createDirectories(file.getParent());
        new Credential(
                        pseudonym,
                        AuthorityCode.parse(office.unit().authority()),
                        role.word(),
                        Token.generate(random),
                        SecretKeys.generate(random))
                .store(file);
    }

    /**
     * Shows the node the public keys and the token's hash. The credential lies on the disk by then and the node takes the same
     * enrolment again, so a run that ends anywhere here is gone on with by the next.
     *
     * @return whether the node did not know the officer before
     */
    private static boolean enrolAnew(Office office, Credential credential)
            throws IOException, InterruptedException, NodeRefusal, Malformed {
        ObjectNode officer = Stage.object()
                .put("pseudonym", credential.pseudonym())
                .put(
                        "name",
                        "Demonstration " + credential.role() + ", "
                                + office.unit().authority())
                .put("authority", credential.authority().text())
                .put("role", credential.role())
                .put("tokenHash", credential.token().hash().hex());
        officer.set("keys", credential.keys().publicKeys().json());
        return !office.officer(Role.ADMINISTRATOR)
                .post("/api/officers", officer)
                .required("again")
                .asBoolean();
    }
}
