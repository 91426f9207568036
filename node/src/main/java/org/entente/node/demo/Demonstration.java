package org.entente.node.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import org.entente.node.language.Language;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two nodes and the story that is played with them. Whatever happens, the nodes are stopped at {@link #close}, which may
 * be called more than once and from any thread.
 */
public final class Demonstration implements AutoCloseable {
    private static final long RACE_MILLIS = 100;

    private final Narrator narrator;
    private final Account account;
    private final Stage stage;
    private volatile boolean closing;

    public Demonstration(DemoOrder order, PrintWriter out, Language language) {
        this.narrator = new Narrator(out, language);
        this.account = new Account(narrator);
        this.stage = new Stage(
                order,
                new Office(Unit.MX, order.home(), order.mx(), language),
                new Office(Unit.US, order.home(), order.us(), language),
                account);
    }

    /**
     * Plays the whole story.
     *
     * @return whether every step held
     */
    public boolean play() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Files.createDirectories(stage.order().home());
        narrator.say(
                Files.exists(stage.mx().home().settings()) ? "demo.home-again" : "demo.home",
                stage.order().home().toString());
        try {
            chapters();
            account.allHeld((System.nanoTime() - begun) / 1_000_000);
        } catch (StoryBroken told) {
            narrator.say("demo.broken", stage.order().home().toString());
        }
        memory();
        return account.held();
    }

    private void chapters() throws StoryBroken, InterruptedException {
        new Founding(stage).play();
        String memorandum = new Agreement(stage).play();
        new ListLoading(stage).play();
        Comparing.Case inquiry = new Comparing(stage, memorandum).play();
        HandingOver handing = new HandingOver(stage, inquiry);
        handing.play();
        new Refusals(stage, memorandum, inquiry, handing).play();
        new Proving(stage).play();
        narrator.say("demo.all-held");
    }

    private void memory() {
        ObjectNode memory = Stage.object();
        for (Office office : stage.both()) {
            office.peakMemoryKib().ifPresent(kib -> memory.put(office.unit().party(), kib));
        }
        account.put("peakMemoryKib", memory);
    }

    /** What happened, for machines. */
    public ObjectNode outcome() {
        return account.json();
    }

    /**
     * Keeps both nodes running and says where they are, until this process is told to end.
     *
     * @return whether both still ran then
     */
    public boolean keepRunning() throws InterruptedException {
        narrator.say("demo.running");
        for (Office office : stage.both()) {
            narrator.say(
                    "demo.running-node",
                    office.unit().party(),
                    office.addresses().api().toString(),
                    office.home().officers().resolveSibling("certificate.pem").toString());
        }
        narrator.say("demo.officers", stage.order().home().resolve("officers").toString());
        narrator.say("demo.until");
        CompletableFuture.anyOf(
                        stage.mx().process().ended(), stage.us().process().ended())
                .join();
        Thread.sleep(RACE_MILLIS);
        if (!closing) {
            narrator.say("demo.node-gone", stage.order().home().toString());
        }
        return closing;
    }

    @Override
    public void close() {
        closing = true;
        narrator.fallSilent();
        stage.both().forEach(Office::stop);
        stage.both().forEach(Office::close);
    }
}
