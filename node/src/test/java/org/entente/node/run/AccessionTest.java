package org.entente.node.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.evidence.certificate.Certifier;
import org.entente.evidence.certificate.OpenSslCertifier;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.exchange.message.Arrangement;
import org.entente.memorandum.officer.Role;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.NodeHome;
import org.entente.node.home.NodeSettings;
import org.entente.node.home.Stoppage;
import org.entente.node.keys.CertificateRequest;
import org.entente.node.keys.NodeBirth;
import org.entente.node.keys.NodeKeys;
import org.entente.node.keys.PreparedSuccession;
import org.entente.node.keys.SealedFiles;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.PostgresOutbox;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.party.Cards;
import org.entente.node.party.Parties;
import org.entente.node.tile.LogTiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A node takes a prepared card up: once, whole, and with everything that was said before still readable. */
@Timeout(120)
class AccessionTest {
    private static final byte[] PASSPHRASE = "a passphrase of a test".getBytes(StandardCharsets.UTF_8);
    private static final PartyCode MX = new PartyCode("MX");
    private static final PartyCode US = new PartyCode("US");
    private static final AuthorityCode UIF = new AuthorityCode(MX, "UIF");
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    private NodeHome home() throws Exception {
        NodeHome home = new NodeHome(folder.resolve("home"));
        NodeBirth.give(
                home,
                new NodeSettings(MX, "Mexico", "México", "#0b6b3a", List.of(UIF)),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                CLOCK);
        return home;
    }

    private PreparedSuccession prepare(NodeHome home) throws Exception {
        return PreparedSuccession.prepare(
                home,
                new PreparedSuccession.Renewal(
                        EnumSet.allOf(NodeKeys.Renewed.class), Optional.of(KeyRevoked.Reason.RETIRED)),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                Instant.now());
    }

    private static PartyCard cardIn(NodeHome home) throws Exception {
        return PartyCard.parse(Files.readAllBytes(home.card()));
    }

    /** A node's rooms, as far as they are about cards. */
    private record Rooms(Parties parties, Logs logs, Statements statements, Checkpoints checkpoints, Voice voice) {}

    private Rooms rooms(Database database, Sequencer sequencer, PartyCard own, NodeKeys keys) {
        JdbcClient sql = database.client();
        Parties parties = new Parties(sql, own, CLOCK);
        Logs logs = new Logs(sql, sequencer, MX);
        Statements statements = new Statements(sql, parties, logs, CLOCK);
        return new Rooms(
                parties,
                logs,
                statements,
                new Checkpoints(
                        sql,
                        logs,
                        new LogTiles(folder.resolve("tiles"), logs, new Stoppage()),
                        keys.log(),
                        parties.ownLogKeys(),
                        CLOCK),
                new Voice(sequencer, statements, new PostgresOutbox(sql, CLOCK), keys.statement(), CLOCK, () -> {}));
    }

    private Statement appoint(Rooms rooms, String pseudonym) {
        return rooms.voice.say(
                new Arrangement.OfficerAppointed(
                        pseudonym,
                        UIF,
                        Role.ANALYST,
                        SecretKeys.generate(random).publicKeys()),
                MX,
                US);
    }

    @Test
    void aPreparedCardIsPassedOnAndTakenUpOnceHoweverOftenTheNodeIsCutShort() throws Exception {
        NodeHome home = home();
        PartyCard old = cardIn(home);
        SealedFiles sealed = SealedFiles.open(home.keys(), PASSPHRASE, random);
        try (Database database = Database.openEmbedded(
                folder.resolve("database"), Path.of("target/postgres-cache"), StartProgress.SILENT)) {
            Sequencer sequencer =
                    new Sequencer(database.client(), new JdbcTransactionManager(database.dataSource()), new Stoppage());
            Rooms before = rooms(database, sequencer, old, NodeKeys.load(sealed, old));
            PartyCard us = Cards.of(US, NodeKeys.generate(List.of(new AuthorityCode(US, "FINCEN")), random), random);
            before.parties.pin(us, us.fingerprintText(), "us.example:443");
            before.logs.open(US);
            Statement early = appoint(before, "mx-1");
            String origin = before.logs.origin(US);
            SignedCheckpoint signed = before.checkpoints.current(origin).orElseThrow();
            before.checkpoints.keepCosignature(signed);

            PreparedSuccession prepared = prepare(home);
            assertThat(prepared.statements()).hasSize(4);
            assertThatThrownBy(() -> prepare(home)).hasMessageStartingWith("succession.prepared-already");
            byte[] file = Files.readAllBytes(home.succession());

            Accession accession = new Accession(home, sealed, database.client(), sequencer, CLOCK);
            PartyCard next = accession.card();
            assertThat(next).isEqualTo(prepared.card()).isEqualTo(cardIn(home));
            assertThat(next.serial()).isEqualTo(2);
            assertThat(before.logs.size(origin)).isEqualTo(5);
            // The same once more, as if the node had been killed after the commit, and before and after the card was
            // written.
            NodeKeys keys = NodeKeys.load(sealed, next);
            for (PartyCard written : List.of(old, next)) {
                NodeHome.write(home.succession(), file);
                NodeHome.write(home.card(), written.bytes());
                keys.prepare(sealed);
                assertThat(accession.card()).isEqualTo(next);
                assertThat(before.logs.size(origin)).isEqualTo(5);
            }
            assertThat(accession.card()).isEqualTo(next);
            assertThat(Files.exists(home.succession())).isFalse();
            assertThat(sealed.holds("next.statement")).isFalse();

            Rooms after = rooms(database, sequencer, next, NodeKeys.load(sealed, next));
            Statement late = appoint(after, "mx-2");
            assertThat(after.statements.inLogOf(US))
                    .extracting(Statements.Entry::statement)
                    .contains(early, late);
            assertThat(after.checkpoints.cosigned(origin).orElseThrow().note()).isEqualTo(signed.note());
            SignedCheckpoint.open(
                    after.checkpoints.current(origin).orElseThrow().note(), origin, next.logKey());
            CardHistory history = after.parties.history(MX, origin);
            assertThat(history.cardAt(1)).isEqualTo(old);
            assertThat(history.cardAt(2)).isEqualTo(next);
            assertThat(history.isRevoked(KeyName.log(old), 5)).isTrue();
            assertThat(history.isRevoked(KeyName.log(next), 5)).isFalse();
            assertThat(new PostgresOutbox(database.client(), CLOCK).waiting(US)).isEqualTo(6);
        }
    }

    @Test
    void whatTheRootDidNotSignIsNotTakenUp() throws Exception {
        NodeHome home = home();
        prepare(home);
        NodeHome other = new NodeHome(folder.resolve("other"));
        NodeBirth.give(
                other,
                new NodeSettings(MX, "Mexico", "México", "#0b6b3a", List.of(UIF)),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                CLOCK);
        NodeHome.write(other.succession(), Files.readAllBytes(home.succession()));
        assertThatThrownBy(() -> PreparedSuccession.find(other)).hasMessage("signature.key-other");
    }

    @Test
    void keysThatAreNotReplacedStay() throws Exception {
        NodeHome home = home();
        PartyCard old = cardIn(home);
        PartyCard next = PreparedSuccession.prepare(
                        home,
                        new PreparedSuccession.Renewal(
                                Set.of(NodeKeys.Renewed.LOG), Optional.of(KeyRevoked.Reason.COMPROMISED)),
                        new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                        random,
                        Instant.now())
                .card();
        assertThat(next.statementKeys()).isEqualTo(old.statementKeys());
        assertThat(next.cosigningKeys()).isEqualTo(old.cosigningKeys());
        assertThat(next.logKey()).isNotEqualTo(old.logKey());
        assertThat(PreparedSuccession.find(home).orElseThrow().statements()).hasSize(2);
    }

    private void bring(NodeHome home, Set<NodeKeys.Renewed> which, CertificateChain chain) throws Exception {
        PreparedSuccession.prepare(
                home,
                new PreparedSuccession.Renewal(which, Optional.empty(), Optional.of(chain)),
                new NodeBirth.Passphrases(PASSPHRASE, PASSPHRASE),
                random,
                Instant.now());
    }

    @Test
    void certificatesComeWithTheKeysForWhichTheyWereRequestedOrNotAtAll() throws Exception {
        NodeHome home = home();
        OpenSslCertifier authority = OpenSslCertifier.found(Files.createDirectory(folder.resolve("authority")));
        SecretKeys others = SecretKeys.generate(random);
        CertificateChain foreign = Certifier.root("CN=Root").chain("CN=Other", others.publicKeys());
        Set<NodeKeys.Renewed> speaking = Set.of(NodeKeys.Renewed.STATEMENT);
        assertThatThrownBy(() -> bring(home, speaking, foreign)).hasMessageContaining("certificate.not-requested");
        byte[] request = CertificateRequest.make(home, PASSPHRASE, random);
        assertThatThrownBy(() -> bring(home, speaking, foreign)).hasMessageContaining("certificate.of-other-keys");
        CertificateChain chain = CertificateChain.readPem(authority.certify(request));
        assertThatThrownBy(() -> bring(home, Set.of(NodeKeys.Renewed.LOG), chain))
                .hasMessageContaining("certificate.without-new-keys");
        assertThat(PreparedSuccession.find(home)).isEmpty();
        bring(home, speaking, chain);
        assertThat(PreparedSuccession.find(home).orElseThrow().card().certificates())
                .contains(chain);
    }
}
