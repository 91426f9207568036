package org.entente.node.home;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/**
 * One folder of files, in the steps that decide what a crash leaves behind. What was written is durable after {@link Draft#force};
 * a name that was given or taken is durable after {@link #forceNames}; until then a crash may undo either, each by itself. Names
 * have no slash.
 */
public interface Folder {
    /** A file being written. */
    interface Draft extends Closeable {
        void write(byte[] bytes, int offset, int length) throws IOException;

        /** Makes what was written durable; {@link NotForced} when nobody knows any more what the disk holds. */
        void force() throws IOException;
    }

    /** Where it lies, for people to read. */
    String place();

    /** Makes a file that must not be there, readable by its owner alone. */
    Draft create(String name) throws IOException;

    /** Opens a file that is there to be written on behind so many of its bytes; what it has behind them is gone. */
    Draft append(String name, long behind) throws IOException;

    /** The bytes of a file; {@link java.nio.file.NoSuchFileException} when it is not there. */
    InputStream open(String name) throws IOException;

    boolean holds(String name);

    /** The length of a file; {@link java.nio.file.NoSuchFileException} when it is not there. */
    long size(String name) throws IOException;

    /** When it was written last, or touched. */
    Instant touchedAt(String name) throws IOException;

    /** Has a file count as written at a moment. */
    void touch(String name, Instant when) throws IOException;

    /** All that is here, in no order. */
    List<String> names() throws IOException;

    /** Writes over the beginning of a file that is there, in its place on the disk, and forces that. */
    void overwrite(String name, byte[] bytes) throws IOException;

    /** Gives a file another name; what had that name is gone. A crash leaves the one or the other. */
    void rename(String from, String to) throws IOException;

    /** Whether there was something to delete. */
    boolean delete(String name) throws IOException;

    /** Makes the names durable; {@link NotForced} when nobody knows any more what the disk holds. */
    void forceNames() throws IOException;

    /** Writes a file so that a reader sees the old content or the whole new one, durably on return. */
    default void replace(String name, byte[] bytes) throws IOException {
        String draft = name + ".draft";
        delete(draft);
        try (Draft writing = create(draft)) {
            writing.write(bytes, 0, bytes.length);
            writing.force();
        }
        rename(draft, name);
        forceNames();
    }
}
