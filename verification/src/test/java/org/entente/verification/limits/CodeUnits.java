package org.entente.verification.limits;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Methods, constructors and records as the compiler's own parser reads them; nothing is resolved or compiled. */
final class CodeUnits {
    /**
     * A method, a constructor, or a record's header.
     *
     * @param lines from its first line to its last, annotations included
     * @param parameters of a constructor or a record; 0 for methods
     */
    record Unit(String where, int lines, int parameters) {}

    private CodeUnits() {}

    static List<Unit> of(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Unit> units = new ArrayList<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree file : task.parse()) {
                new Scanner(file, positions, units).scan(file, null);
            }
        }
        return units;
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree file;
        private final SourcePositions positions;
        private final List<Unit> units;

        private Scanner(CompilationUnitTree file, SourcePositions positions, List<Unit> units) {
            this.file = file;
            this.positions = positions;
            this.units = units;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            boolean constructor = method.getName().contentEquals("<init>");
            add(
                    method,
                    method.getName().toString(),
                    constructor ? method.getParameters().size() : 0);
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getKind() == Tree.Kind.RECORD) {
                long components = type.getMembers().stream()
                        .filter(VariableTree.class::isInstance)
                        .filter(member -> !((VariableTree) member)
                                .getModifiers()
                                .getFlags()
                                .contains(Modifier.STATIC))
                        .count();
                units.add(new Unit(where(type, type.getSimpleName().toString()), 0, (int) components));
            }
            return super.visitClass(type, null);
        }

        private void add(Tree tree, String name, int parameters) {
            long from = line(positions.getStartPosition(file, tree));
            long to = line(positions.getEndPosition(file, tree));
            units.add(new Unit(where(tree, name), (int) (to - from + 1), parameters));
        }

        private String where(Tree tree, String name) {
            return Sources.name(Path.of(file.getSourceFile().toUri())) + ":"
                    + line(positions.getStartPosition(file, tree)) + " " + name;
        }

        private long line(long position) {
            return file.getLineMap().getLineNumber(position);
        }
    }
}
