package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.handover.ReceivedFiles;
import org.entente.node.handover.UploadedFiles;
import org.entente.node.officer.Officer;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Files of evidence: sealed for the authority that asks as they come in, and given to the officers of the authority that received them. */
@RestController
class FileInterface {
    private final Proceedings proceedings;

    FileInterface(Services services) {
        this.proceedings = services.proceedings();
    }

    /** Seals a file for the authority that asks. */
    @PostMapping(path = "/api/requests/{request}/files", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> upload(
            @PathVariable String request,
            @RequestParam String name,
            @RequestParam String type,
            HttpServletRequest content,
            @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere, TooLarge {
        Right.ACT_RELEASE.require(officer);
        if (content.getContentLengthLong() > proceedings.fileBytesMax()) {
            throw new TooLarge(proceedings.fileBytesMax());
        }
        UploadedFiles.Uploaded file = proceedings
                .uploads()
                .upload(
                        Digest.parse(request),
                        new UploadedFiles.Labelled(name, type),
                        content.getInputStream(),
                        officer);
        return Json.answer(file.file().json());
    }

    /** The files that were sealed for a request and that no release names yet. */
    @GetMapping("/api/requests/{request}/files")
    ResponseEntity<byte[]> waiting(@PathVariable String request, @AuthenticationPrincipal Officer officer)
            throws Malformed, RefusedAct, NothingHere {
        Right.ACT_RELEASE.require(officer);
        Digest statement = Digest.parse(request);
        proceedings.request(statement, officer);
        ObjectNode json = Json.object();
        ArrayNode files = json.putArray("files");
        proceedings
                .uploads()
                .of(statement)
                .forEach(file -> files.add(file.file().json()));
        return Json.answer(json);
    }

    /** The content of a received file. It was verified as a whole before the first byte is given. */
    @GetMapping("/api/received/{statement}/files/{body}")
    void content(
            @PathVariable String statement,
            @PathVariable String body,
            HttpServletResponse response,
            @AuthenticationPrincipal Officer officer)
            throws IOException, Malformed, RefusedAct, NothingHere {
        Right.SEE_PROCEEDINGS.require(officer);
        ReceivedFiles.Opened opened =
                proceedings.files().open(Digest.parse(statement), Digest.parse(body), officer.authority());
        response.setStatus(HttpServletResponse.SC_OK);
        // Whatever it claims to be, nobody's browser is to run it.
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(opened.content().contentBytes());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(opened.file().name(), java.nio.charset.StandardCharsets.UTF_8)
                        .build()
                        .toString());
        opened.content().writeTo(response.getOutputStream());
    }
}
