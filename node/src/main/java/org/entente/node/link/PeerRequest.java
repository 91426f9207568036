package org.entente.node.link;

import java.io.InputStream;

/**
 * A request that arrived over the link.
 *
 * @param party the code of the party whose certificate was proved
 * @param method {@code GET}, {@code POST}, …
 * @param path the whole path, of {@code [A-Za-z0-9._~/-]} only, without {@code .} and {@code ..} segments
 * @param contentType as the party declared it, empty when it did not
 * @param body ends at the route's size limit, and is cut when it comes too slowly, by an exception to let pass
 */
public record PeerRequest(String party, String method, String path, String contentType, InputStream body) {}
