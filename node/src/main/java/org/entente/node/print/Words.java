package org.entente.node.print;

import com.openhtmltopdf.extend.FSTextBreaker;
import java.text.BreakIterator;

/** Lines end between words only: the printer's own rule, made for addresses, would part MX from UIF in MX/UIF. */
final class Words implements FSTextBreaker {
    private String text = "";
    private int at;

    @Override
    public void setText(String newText) {
        text = newText;
        at = 0;
    }

    @Override
    public int next() {
        while (at < text.length()) {
            at++;
            if (text.charAt(at - 1) == ' ') {
                return at;
            }
        }
        return BreakIterator.DONE;
    }
}
