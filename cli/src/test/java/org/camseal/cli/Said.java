package org.camseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** How a command line ended, and what it said. */
public record Said(int code, String out, String err) {
    /** Runs one in this process. */
    public static Said by(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = Arrays.stream(words).map(String::valueOf).toArray(String[]::new);
        int code = CamSeal.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    public JsonNode json() throws Exception {
        return new ObjectMapper().readTree(out);
    }

    /** Itself, if it ended with 0. */
    public Said good() {
        if (code != 0) {
            throw new AssertionError("ended with " + code + ": " + err + out);
        }
        return this;
    }
}
