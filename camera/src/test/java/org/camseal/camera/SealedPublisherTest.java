package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.manifest.SealedUnit;
import org.camseal.streaming.server.LiveStream;
import org.junit.jupiter.api.Test;

class SealedPublisherTest {
    /** Classes of this module whose code names a member of a class. */
    private static List<String> callers(Class<?> owner, String member) throws Exception {
        Path classes = Path.of(SealedPublisher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> callers = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                seen++;
                ClassModel model = parse(file);
                for (PoolEntry entry : model.constantPool()) {
                    if (entry instanceof MemberRefEntry reference
                            && reference
                                    .owner()
                                    .asInternalName()
                                    .equals(owner.getName().replace('.', '/'))
                            && reference.name().equalsString(member)) {
                        callers.add(model.thisClass().asInternalName());
                    }
                }
            }
        }
        assertThat(seen).as("classes looked at").isGreaterThan(20);
        return callers;
    }

    private static ClassModel parse(Path file) throws IOException {
        return ClassFile.of().parse(Files.readAllBytes(file));
    }

    @Test
    void nobodyElsePublishes() throws Exception {
        assertThat(callers(LiveStream.class, "publish")).containsExactly("org/camseal/camera/SealedPublisher");
        // That the search finds what is there:
        assertThat(callers(LiveStream.class, "<init>")).containsExactly("org/camseal/camera/SealingRun");
    }

    @Test
    void itTakesNothingButSealedUnits() {
        assertThat(Arrays.stream(SealedPublisher.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(method -> List.of(method.getParameterTypes())))
                .containsExactly(List.of(SealedUnit.class));
    }
}
