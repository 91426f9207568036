package org.entente.node.disk;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A path on a {@link FaultyDisk}: names from its root; every path is absolute unless it was made by {@link #relativize}. */
record DiskPath(DiskFileSystem system, boolean absolute, List<String> names) implements Path {
    DiskPath {
        names = List.copyOf(names);
    }

    private DiskPath with(boolean whole, List<String> other) {
        return new DiskPath(system, whole, other);
    }

    static DiskPath of(DiskFileSystem system, String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new DiskPath(system, text.startsWith("/"), names);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public Path getRoot() {
        return with(true, List.of());
    }

    @Override
    public Path getFileName() {
        return with(false, names.isEmpty() ? List.of() : List.of(names.getLast()));
    }

    @Override
    @SuppressWarnings("NullAway") // The interface returns null for what has no parent.
    public Path getParent() {
        return names.isEmpty() ? null : with(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return with(false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int from, int end) {
        return with(false, names.subList(from, end));
    }

    @Override
    public boolean startsWith(Path other) {
        List<String> prefix = ((DiskPath) other).names;
        return prefix.size() <= names.size() && names.subList(0, prefix.size()).equals(prefix);
    }

    @Override
    public boolean endsWith(Path other) {
        List<String> end = ((DiskPath) other).names;
        return end.size() <= names.size()
                && names.subList(names.size() - end.size(), names.size()).equals(end);
    }

    @Override
    public Path normalize() {
        List<String> plain = new ArrayList<>();
        for (String name : names) {
            if (name.equals("..")) {
                plain.removeLast();
            } else if (!name.equals(".")) {
                plain.add(name);
            }
        }
        return with(absolute, plain);
    }

    @Override
    public Path resolve(Path other) {
        DiskPath further = (DiskPath) other;
        if (further.absolute) {
            return further;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(further.names);
        return with(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        if (!other.startsWith(this)) {
            throw new IllegalArgumentException(other + " is not below " + this);
        }
        return with(false, ((DiskPath) other).names.subList(names.size(), other.getNameCount()));
    }

    @Override
    public URI toUri() {
        return URI.create("disk://" + this);
    }

    @Override
    public Path toAbsolutePath() {
        return with(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
