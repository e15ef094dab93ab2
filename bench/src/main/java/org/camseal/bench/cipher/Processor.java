package org.camseal.bench.cipher;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a Java machine of the measurement may use of the processor. */
public enum Processor {
    /** All that it has. */
    AS_IT_IS("as the processor is"),
    /** All but the instructions for AES and for GCM's hash. */
    WITHOUT_AES("without AES instructions"),
    /** Neither those nor any other cryptographic or vector code: what compiled Java makes of plain instructions. */
    SCALAR("everything scalar");

    private static final List<String> AES_FLAGS =
            List.of("UseAES", "UseAESIntrinsics", "UseAESCTRIntrinsics", "UseGHASHIntrinsics");
    // ChaCha20, Poly1305 and SHA-256 have vector code of their own, and the compiler makes vectors of plain loops.
    private static final List<String> VECTOR_FLAGS = List.of(
            "UseChaCha20Intrinsics",
            "UsePoly1305Intrinsics",
            "UseIntPolyIntrinsics",
            "UseSHA",
            "UseSHA256Intrinsics",
            "UseSuperWord");
    // The least that 64-bit x86 has.
    private static final List<String> LEAST_REGISTERS = List.of("-XX:UseAVX=0", "-XX:UseSSE=2");

    private final String label;

    Processor(String label) {
        this.label = label;
    }

    /** In words, for people. */
    public String label() {
        return label;
    }

    /** The Java machine's options that take away what is missing; other processors do not know all of them. */
    public List<String> options() {
        List<String> off = flagsOff();
        return off.isEmpty()
                ? List.of()
                : Stream.of(
                                Stream.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+IgnoreUnrecognizedVMOptions"),
                                off.stream().map(name -> "-XX:-" + name),
                                this == SCALAR ? LEAST_REGISTERS.stream() : Stream.<String>empty())
                        .flatMap(part -> part)
                        .toList();
    }

    private List<String> flagsOff() {
        return switch (this) {
            case AS_IT_IS -> List.of();
            case WITHOUT_AES -> AES_FLAGS;
            case SCALAR -> reported();
        };
    }

    /**
     * Compares what a Java machine says of itself with what it should be.
     *
     * @param flags the machine's flags; those it does not know are left out
     * @return the flags that are on though they should be off
     */
    List<String> contradictions(Map<String, Boolean> flags) {
        return flagsOff().stream()
                .filter(name -> flags.getOrDefault(name, false))
                .toList();
    }

    /** The flags that a child reports. */
    static List<String> reported() {
        return Stream.concat(AES_FLAGS.stream(), VECTOR_FLAGS.stream()).toList();
    }
}
