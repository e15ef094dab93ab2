package org.camseal.media;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzz entry points over random bytes and over damaged beginnings of real streams; always the same ones. */
class MediaFuzzTest {
    /** The first units of streams by x264 (CABAC, B-frames, weights) and x265 (wavefronts, two slices), cut short. */
    private static final List<String> STREAMS = List.of(
            "0000000109100000000167640015acd9421b6022000003000200000300643e28532c0000000168fba3cb22c0000000016588820b03bff6"
                    + "f74ebf029b54c25173f414274e7979c82e35a646c4c2488feb0b58e8c000000001650888820b02bff6f6737c0a6b6db0f5080690b397bf"
                    + "7d6b5dda7b825e3bc0a9f900000001093000000001419a21de5fc52415a245b85ba39dae1133a0629f544e0f74a6d5045d18dca8c98a0f"
                    + "72d10000000141089a21de42bf7105cfffe38ac54ad94c18b0f57be05b978038dac93f340f6466501cb500000001095000000001419e40"
                    + "df8bff1ca6e5815d8e835354984682f5828913ee890000000141089e40df8857ff0ec6cf112d544fc41b8100000001095000000001019e"
                    + "615ea4df70cd5a2449af51f59280c1e1dfc024ecaaa399ab7c7cb5be587e0ea50d860000000101089e615ea42bffefc57ab6fc90577446"
                    + "c8440e541096ba83f6aa80e1616bf8878a84aa00000001093000000001419a635b4b444dffb5564abfc8c3c70ce8457bacb6568d7b0cc3"
                    + "9d38f80417231453bbae0000000141089a635b4b4442bf5fa72516d94bcbc7cabdbb7b53ba6c8c6fc0f7d131594adaea9c1f0000000109"
                    + "5000000001419e825c5112cdff6f14bd4d85df2a51bffa2d871e7b65a89933fb4f9619b4a8bfb5ac5f0000000141089e825c5112c2bfef"
                    + "c57ab6fc90577454029c013baaf3c06ad0718ff67dee88c7532000000001095000000001019ea2dea457765a0640061666acd1a102bd09"
                    + "dfcc16bc115727304884745aa35a97147f0000000101089ea2dea42bfff33e40a99bea6695958b134008fb9737eb9990b2e791bd8f5e87"
                    + "749800000001093000000001419aa3db4b64467fbcde3814b9a3d5028ce1366c1d43617f9b6c4fcc9c99fb4557459cec0000000141089a"
                    + "a3db4b6442bf6b076ff8e1e5b5e1df2bb3d022141d3606eb5c594cc753e8bb3660",
            "0000000140010c01ffff01600000030090000003000003003c9590090000000142010101600000030090000003000003003ca010206165"
                    + "9592af2bc05a0200000300020000030032c0192cbc003d08000f4244000000014401c173d909000000012801af1cc96dee238fff5df3b3"
                    + "6f8bdc67c0a9e1f005f811709ddd74fc43360000000128012c3c7325b4ee238fff5df3b36f8bdc67c0a9e1f005f811709ddd74fc433600"
                    + "0000010201d0195f840f18e67b6660eaf407e34dbb3e9f0a48d715db8a18cfbd702bce0e5590860000000102015840657e103c6399b29e"
                    + "eaf40fba07fe078d4de12368e44d4e71f9bf293bcce161e9000000010201e04497e382003f6b6126ed808b95f7470298001ee57ed54005"
                    + "d0438286bbd0a00000000102015881125f8e0800fdad849926e08e710a57a4a3ab5c00080aba5f1a27bc4be6eeecfc000000010001e024"
                    + "fffa3c1001fa0c28d540899970001f90004d40000000010001588093ffe8f04007e830a355899970001f90004d40000000010201d03097"
                    + "d7dcaa40f07c1f41f58e6224cb20fbfd26367fdfaae4f3f5865e0bc1ad4ce30000000102015840c25f5f72a903c1f07d07d6399b5ba0ea"
                    + "c6e549566e89ff6f023e6610360bbe8e000000010201e0a225d7f70f900a41702a40b5c2e60ac3361264e2808bfc9b18d76af8acac65f5"
                    + "000000010201588288975fdc3e402905c0a902d70b982b0cd849b7208c8a371425fcd621a008c630000000010001e086fffd22654161a0"
                    + "920bb43c406e1bb0a36dc0cee946200871fda000f4298000000001000158821bfff48995058682482ed0f101b86ec28d54899b8d0021ca"
                    + "004d40000000010201d038bf5fdca490c24250958e658da0f98933beca1e8933789d15e58f2d70d93090dd0000000102015840e2fd7f72"
                    + "9243090942563994fa80f991708257e92c6cd228e9a59db78e173198");

    private static final int ROUNDS = 2000;

    static Stream<Arguments> entryPoints() {
        return Stream.of(
                Arguments.of("slice headers", (Consumer<byte[]>) MediaFuzz::sliceHeaders),
                Arguments.of("emulation prevention", (Consumer<byte[]>) MediaFuzz::emulationPrevention),
                Arguments.of("SEI", (Consumer<byte[]>) MediaFuzz::sei),
                Arguments.of("framing", (Consumer<byte[]>) MediaFuzz::framing),
                Arguments.of("byte stream", (Consumer<byte[]>) MediaFuzz::byteStream));
    }

    @ParameterizedTest
    @MethodSource("entryPoints")
    void damagedStreams(String name, Consumer<byte[]> entryPoint) {
        Random random = new Random(20_261_101);
        for (String seed : STREAMS) {
            byte[] stream = HexFormat.of().parseHex(seed);
            entryPoint.accept(stream);
            for (int length = 0; length < stream.length; length++) {
                entryPoint.accept(Arrays.copyOf(stream, length));
            }
            for (int i = 0; i < ROUNDS; i++) {
                entryPoint.accept(damaged(stream, random));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entryPoints")
    void randomBytes(String name, Consumer<byte[]> entryPoint) {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            entryPoint.accept(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) Math.max(0, (bytes[j] & 7) - 3);
            }
            entryPoint.accept(bytes);
        }
    }

    private static byte[] damaged(byte[] stream, Random random) {
        byte[] bytes = stream.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    int end = Math.min(bytes.length, at + random.nextInt(9));
                    byte[] tail = Arrays.copyOfRange(bytes, end, bytes.length);
                    bytes = Arrays.copyOf(bytes, at + tail.length);
                    System.arraycopy(tail, 0, bytes, at, tail.length);
                    bytes = bytes.length == 0 ? new byte[1] : bytes;
                }
            }
        }
        return bytes;
    }
}
