package org.entente.node.link;

/**
 * One place on the listener; all others answer 404.
 *
 * @param method the one HTTP method
 * @param path exact, or a prefix that ends in {@code /*}
 * @param mediaType of the bodies that it takes, others get 415; empty takes any
 * @param bodyBytesMax larger bodies get 413; 0 takes none
 */
public record PeerRoute(String method, String path, String mediaType, long bodyBytesMax, PeerExchangeHandler handler) {
    public PeerRoute(String method, String path, long bodyBytesMax, PeerExchangeHandler handler) {
        this(method, path, "", bodyBytesMax, handler);
    }

    public PeerRoute {
        if (!method.matches("[A-Z]{3,7}") || !path.matches("(/[A-Za-z0-9._~-]+)+(/\\*)?") || bodyBytesMax < 0) {
            throw new IllegalArgumentException("not a route: " + method + " " + path);
        }
    }

    /** The same place, answered by another. */
    public PeerRoute answeredBy(PeerExchangeHandler other) {
        return new PeerRoute(method, path, mediaType, bodyBytesMax, other);
    }

    boolean takesType(String contentType) {
        return mediaType.isEmpty() || contentType.split(";", 2)[0].strip().equalsIgnoreCase(mediaType);
    }

    boolean takes(String requestMethod, String requestPath) {
        return method.equals(requestMethod)
                && (path.endsWith("/*")
                        ? requestPath.startsWith(path.substring(0, path.length() - 1))
                                && requestPath.length() >= path.length()
                        : path.equals(requestPath));
    }
}
