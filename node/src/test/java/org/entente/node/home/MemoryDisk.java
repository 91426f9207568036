package org.entente.node.home;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Folders in memory whose power fails before a step that a test names. What was not forced by then is kept or lost, each name by
 * itself and each file by itself, as chance has it; a file that was being written over may be torn.
 */
public final class MemoryDisk {
    private final Map<String, InMemory> folders = new HashMap<>();
    private final Random chance;
    private int stepsLeft = Integer.MAX_VALUE;
    private int steps;
    private boolean refusesForces;

    public MemoryDisk(Random chance) {
        this.chance = chance;
    }

    /** The power has failed. */
    public static final class PowerFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** How many steps were taken that change something. */
    public int steps() {
        return steps;
    }

    /** The power fails before the step after so many more. */
    public void failAfter(int more) {
        stepsLeft = more;
    }

    /** From now on the system cannot force anything. */
    public void refuseForces() {
        refusesForces = true;
    }

    /** The power is back: what was not forced is kept or lost. */
    public void restart() {
        stepsLeft = Integer.MAX_VALUE;
        folders.values().forEach(InMemory::lose);
    }

    /** A folder, the same one each time it is asked for. */
    public Folder folder(String name) {
        return folders.computeIfAbsent(name, InMemory::new);
    }

    /** All bytes that lie in any file, under whatever name. */
    public List<byte[]> everything() {
        List<byte[]> all = new ArrayList<>();
        folders.values().forEach(folder -> folder.now.values().forEach(file -> all.add(file.bytes)));
        return all;
    }

    /** Puts the file of one name in the place of another, as a thief or a backup would. */
    public void put(String folder, String name, byte[] bytes) {
        File file = new File();
        file.bytes = bytes.clone();
        file.durable = file.bytes;
        InMemory place = (InMemory) folder(folder);
        place.now.put(name, file);
        place.durable.put(name, file);
    }

    private void step() {
        if (stepsLeft-- <= 0) {
            stepsLeft = 0;
            throw new PowerFailed();
        }
        steps++;
    }

    private void requireForced() throws NotForced {
        if (refusesForces) {
            throw new NotForced(java.nio.file.Path.of("memory"), new IOException("the disk is broken"));
        }
    }

    private static final class File {
        private byte[] bytes = new byte[0];
        private byte[] durable = new byte[0];
        private final Instant made = Instant.now();
    }

    private final class InMemory implements Folder {
        private final String place;
        private Map<String, File> now = new HashMap<>();
        private Map<String, File> durable = new HashMap<>();

        private InMemory(String place) {
            this.place = place;
        }

        private void lose() {
            Map<String, File> after = new HashMap<>(durable);
            for (String name : now.keySet()) {
                if (chance.nextBoolean()) {
                    take(after, name);
                }
            }
            for (String name : durable.keySet()) {
                if (!now.containsKey(name) && chance.nextBoolean()) {
                    after.remove(name);
                }
            }
            for (File file : after.values()) {
                if (chance.nextBoolean()) {
                    file.bytes = file.durable;
                }
                file.durable = file.bytes;
            }
            now = after;
            durable = new HashMap<>(after);
        }

        /** A rename is kept or lost as one: the file does not bear both names. */
        private void take(Map<String, File> after, String name) {
            File file = Optional.ofNullable(now.get(name)).orElseThrow();
            after.values().removeIf(other -> other == file);
            after.put(name, file);
        }

        private File file(String name) throws NoSuchFileException {
            @Nullable File file = now.get(name);
            if (file == null) {
                throw new NoSuchFileException(name);
            }
            return file;
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public Draft create(String name) throws IOException {
            step();
            if (now.containsKey(name)) {
                throw new FileAlreadyExistsException(name);
            }
            File file = new File();
            now.put(name, file);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            return new Draft() {
                @Override
                public void write(byte[] bytes, int offset, int length) {
                    written.write(bytes, offset, length);
                    file.bytes = written.toByteArray();
                }

                @Override
                public void force() throws IOException {
                    step();
                    requireForced();
                    file.durable = file.bytes;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public InputStream open(String name) throws IOException {
            return new ByteArrayInputStream(file(name).bytes);
        }

        @Override
        public boolean holds(String name) {
            return now.containsKey(name);
        }

        @Override
        public long size(String name) throws IOException {
            return file(name).bytes.length;
        }

        @Override
        public Instant touchedAt(String name) throws IOException {
            return file(name).made;
        }

        @Override
        public void touch(String name) throws IOException {
            file(name);
        }

        @Override
        public List<String> names() {
            return List.copyOf(now.keySet());
        }

        @Override
        public void overwrite(String name, byte[] bytes) throws IOException {
            File file = file(name);
            if (stepsLeft == 0) {
                byte[] torn = file.bytes.clone();
                System.arraycopy(bytes, 0, torn, 0, chance.nextInt(bytes.length + 1));
                file.bytes = torn;
            }
            step();
            requireForced();
            file.bytes = bytes.clone();
            file.durable = file.bytes;
        }

        @Override
        public void rename(String from, String to) throws IOException {
            step();
            now.put(to, file(from));
            now.remove(from);
        }

        @Override
        public boolean delete(String name) {
            if (!now.containsKey(name)) {
                return false;
            }
            step();
            now.remove(name);
            return true;
        }

        @Override
        public void forceNames() throws IOException {
            step();
            requireForced();
            durable = new HashMap<>(now);
        }
    }
}
