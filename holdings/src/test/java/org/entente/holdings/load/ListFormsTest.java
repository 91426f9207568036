package org.entente.holdings.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.Item;
import org.entente.holdings.item.Schema;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.list.ListSource;
import org.entente.holdings.table.ReadLimits;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.ListStatus;
import org.entente.memorandum.item.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files, invented, one for each thing that the real ones do. */
final class ListFormsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    private static final String SAT_HEADER = "No,RFC,Nombre del Contribuyente,Situación del contribuyente,"
            + "Publicación página SAT presuntos,Publicación DOF presuntos,"
            + "Publicación página SAT definitivos,Publicación DOF definitivos,"
            + "Publicación página SAT sentencia favorable\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Definitivo|01/02/2020,03/02/2020,05/06/2021,07/08/2021,|2021-06-05|false",
                "Definitivo|01/02/2020,03/02/2020,25/05/2022 - 26/04/2021,,|2022-05-25|false",
                "Definitivo|01/02/2020,03/02/2020,14-08-19 // 20/09/2018,,|2019-08-14|false",
                "Definitivo|01/02/2020,03/02/2020,,07/08/2021,|2021-08-07|false",
                "Presunto|43999,,,,|2020-06-17|false",
                "SENTENCIA  FAVORABLE|,,,,09/09/2022|2022-09-09|true"
            })
    void theDayIsThatOfThePresentSituation(String situation, String dates, LocalDate since, boolean cleared)
            throws Exception {
        Item item = only(new ListFormat.Sat69b(), SAT_HEADER + "1,KQX350101AB7,INVENTADA," + situation + "," + dates);
        assertThat(item.envelope().listStatus()).hasValue(new ListStatus(situation, since, cleared));
    }

    @Test
    void aSituationWithoutDateHoldsSinceTheDayOfTheListAndIsFlagged() throws Exception {
        String titled = "Información actualizada al 5 de Enero de 2024,,\nListado completo,,\n" + SAT_HEADER
                + "1,KQX350101AB7,INVENTADA,Definitivo,,,,,\n";
        List<Item> items = new ArrayList<>();
        LoadReport report = load(new ListFormat.Sat69b(), titled.getBytes(StandardCharsets.UTF_8), items);
        assertThat(items.getFirst().envelope().listStatus())
                .hasValue(new ListStatus("Definitivo", LocalDate.of(2024, 1, 5), false));
        assertThat(items.getFirst().row()).isEqualTo(4);
        assertThat(report.counts().flagged()).isEqualTo(1);
    }

    @Test
    void anUnknownSituationIsRefusedWithItsCell() throws Exception {
        LoadReport report = load(
                new ListFormat.Sat69b(),
                (SAT_HEADER + "1,KQX350101AB7,INVENTADA,Absuelto,,,,,\n2,KQX350101AB7\n")
                        .getBytes(StandardCharsets.UTF_8),
                new ArrayList<>());
        assertThat(report.counts().refused()).isEqualTo(2);
        assertThat(report.problems().getFirst().row()).isEqualTo(2);
        assertThat(report.problems().getFirst().column()).isEqualTo(4);
        assertThat(report.problems().getFirst().problem().code()).isEqualTo("holdings.situation-unknown");
        assertThat(report.problems().getLast().problem().code()).isEqualTo("holdings.cells-missing");
    }

    @Test
    void remarksAreReadLabelByLabel() throws Exception {
        Item item = only(
                new ListFormat.OfacSdn(),
                "7,\"INVENTADO, Nadie\",\"individual\",\"TCO] [SDNTK\",\"Gerente\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
                        + "\"DOB 02 Feb 1968; alt. DOB circa 1970; POB Tecate, Baja California, Mexico; nationality Mexico;"
                        + " citizen Iran; Gender Male; Passport A1234567 (Mexico) issued 01 Jan 2001 expires 01 Jan 2011;"
                        + " alt. Passport X7654321 (Iran); R.F.C. COSC-800113-7NA (Mexico); alt. R.F.C. # AUAM-530929"
                        + " (Mexico); C.U.R.P. PEGL890909MJCRMS08 (Mexico); US FEIN 95-4227517;"
                        + " Tax ID No. DIM8701081LA (Mexico); Tax ID No. 100036386 (Serbia); Phone Number 526642345678"
                        + " (Mexico); Digital Currency Address - XBT 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa;"
                        + " Electoral Registry No. CAPI560927RF4 (Mexico); a.k.a. 'EL NADIE'; Linked To: NADIE S.A.;"
                        + " Linked To: OTRA S.A.\"\r\n\u001a");
        assertThat(item.identifiers())
                .extracting(Identifier::value)
                .containsExactly(
                        "MEX:A1234567",
                        "IRN:X7654321",
                        "COSC8001137NA",
                        "PEGL890909MJCRMS08",
                        "954227517",
                        "DIM8701081LA",
                        "+526642345678",
                        "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
        assertThat(item.entity().schema()).isEqualTo(Schema.PERSON);
        assertThat(item.entity().values("birthDate")).containsExactly("1968-02-02", "1970");
        assertThat(item.entity().values("birthPlace")).containsExactly("Tecate, Baja California, Mexico");
        assertThat(item.entity().values("nationality")).containsExactly("mx");
        assertThat(item.entity().values("citizenship")).containsExactly("ir");
        assertThat(item.entity().values("programId")).containsExactly("TCO", "SDNTK");
        assertThat(item.entity().values("alias")).containsExactly("EL NADIE");
        assertThat(item.entity().values("notes")).contains("Linked To: NADIE S.A.", "Linked To: OTRA S.A");
        assertThat(item.id().text()).isEqualTo("ofac-sdn:7");
    }

    @Test
    void aCutStatementIsNotAnIdentifier() throws Exception {
        String remarks = "x".repeat(970) + "; R.F.C. DIM8701081LA (Mexi";
        String padded = remarks.length() >= 1_000 ? remarks : "x".repeat(1_000 - remarks.length()) + remarks;
        Item item = only(
                new ListFormat.OfacSdn(), "8,\"NADIE\",-0- ,\"TCO\"" + ",-0- ".repeat(7) + ",\"" + padded + "\"\n");
        assertThat(item.identifiers()).isEmpty();
    }

    @Test
    void anyCsvIsReadByTheNameOrTheNumberOfItsColumn() throws Exception {
        byte[] named = "\ufeffid,Empresa,RFC\n1,NADIE,dim-870108-1la\n2,NADIE MÁS,S/N\n3,,DIM8701081LB\n"
                .getBytes(StandardCharsets.UTF_8);
        LabelledIdentifiers byName = read("csv:list.csv#rfc", named);
        assertThat(byName.labels().keySet()).containsExactly("DIM8701081LA", "DIM8701081LB");
        assertThat(byName.labels().firstEntry().getValue().getFirst().label()).isEqualTo("NADIE");
        assertThat(byName.labels().lastEntry().getValue().getFirst().label()).isEqualTo("#4");
        assertThat(byName.flagged()).isEqualTo(1);
        assertThat(byName.report().counts().refused()).isEqualTo(1);
        LabelledIdentifiers byNumber = read("csv:list.csv#1", "DIM8701081LA\n".getBytes(StandardCharsets.UTF_8));
        assertThat(byNumber.identifiers()).isEqualTo(1);
        assertThatThrownBy(() -> read("csv:list.csv#nif", named))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("holdings.column-missing");
    }

    @ParameterizedTest
    @CsvSource({
        "sdn.csv, holdings.list-source",
        "xml:sdn.csv, holdings.list-source",
        "ofac-sdn:, holdings.list-source",
        "csv:file.csv, holdings.list-column",
        "csv:#1, holdings.list-column"
    })
    void aListThatIsNamedWronglyIsRefused(String text, String code) {
        assertThatThrownBy(() -> ListSource.parse(text, IdentifierType.RFC))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(code);
    }

    private static LabelledIdentifiers read(String source, byte[] file) throws IOException, Malformed {
        ListSource list = ListSource.parse(source, IdentifierType.RFC);
        assertThat(list.file()).isEqualTo("list.csv");
        return LabelledIdentifiers.read(
                list.format(), IdentifierType.RFC, new ByteArrayInputStream(file), ReadLimits.DEFAULT);
    }

    private static Item only(ListFormat format, String file) throws IOException, Malformed {
        List<Item> items = new ArrayList<>();
        load(format, file.getBytes(StandardCharsets.UTF_8), items);
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    private static LoadReport load(ListFormat format, byte[] file, List<Item> items) throws IOException, Malformed {
        LoadTerms terms = LoadTerms.publicList(
                LoadTerms.Publication.sat69b(AuthorityCode.parse("MX/UIF"), DAY, Digest.of(file)),
                Handling.Code.H0,
                List.of(new Purpose("money-laundering")),
                Period.ofYears(5));
        return ListLoad.run(format, new ByteArrayInputStream(file), terms, ReadLimits.DEFAULT, items::add);
    }
}
