package org.evenkeel.assembly;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies the bundles that the resolver chose into one folder per start level. Run by the build from its source.
 *
 * <p>Arguments: the {@code .bndrun} with the list, the start levels, a file with the class path that the bundles are
 * found on, the folder to fill (made anew).
 */
public final class Layout {
    private static final Pattern RUN_BUNDLE = Pattern.compile("([^;,\\s]+);version='\\[([^,]+),[^)]+\\)'");
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private final List<Rule> rules;
    private final Map<String, Path> jars;

    private Layout(List<Rule> rules, Map<String, Path> jars) {
        this.rules = rules;
        this.jars = jars;
    }

    /** A line of the start levels, taken apart. */
    private record Rule(String pattern, String folder) {
        boolean matches(String symbolicName) {
            return symbolicName.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path bndrun = Path.of(arguments[0]);
        Path startLevels = Path.of(arguments[1]);
        String classPath = Files.readString(Path.of(arguments[2])).strip();
        Path target = Path.of(arguments[3]);
        clear(target);
        new Layout(rules(startLevels), jars(classPath)).lay(list(bndrun), target);
    }

    private void lay(Map<String, String> bundles, Path target) throws IOException {
        for (Map.Entry<String, String> bundle : bundles.entrySet()) {
            String name = bundle.getKey() + "-" + bundle.getValue();
            Path jar = jars.get(name);
            if (jar == null) {
                throw new IOException("No dependency of the distribution has the bundle " + name);
            }
            Path folder = Files.createDirectories(target.resolve(folder(bundle.getKey())));
            Files.copy(jar, folder.resolve(name + ".jar"));
        }
        System.out.println(bundles.size() + " bundles laid out in " + target);
    }

    private String folder(String symbolicName) throws IOException {
        return rules.stream()
                .filter(rule -> rule.matches(symbolicName))
                .max(Comparator.comparingInt(rule -> rule.pattern().length()))
                .map(Rule::folder)
                .orElseThrow(() -> new IOException("No start level for " + symbolicName));
    }

    private static List<Rule> rules(Path startLevels) throws IOException {
        Properties properties = load(startLevels);
        return properties.stringPropertyNames().stream()
                .flatMap(folder -> Arrays.stream(properties.getProperty(folder).split("\\s*,\\s*"))
                        .map(pattern -> new Rule(pattern.strip(), folder)))
                .toList();
    }

    /** Symbolic name to version (without qualifier), sorted. */
    private static Map<String, String> list(Path bndrun) throws IOException {
        String value = load(bndrun).getProperty("-runbundles", "");
        Map<String, String> bundles = new TreeMap<>();
        Matcher matcher = RUN_BUNDLE.matcher(value);
        while (matcher.find()) {
            bundles.put(matcher.group(1), release(matcher.group(2)));
        }
        if (bundles.size() != value.split("\\s*version=").length - 1) {
            throw new IOException("Cannot read the list of bundles in " + bndrun);
        }
        return bundles;
    }

    private static Map<String, Path> jars(String classPath) throws IOException {
        Map<String, Path> jars = new TreeMap<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            try (JarFile jar = new JarFile(entry)) {
                Manifest manifest = jar.getManifest();
                String name =
                        manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
                if (name != null) {
                    String version = manifest.getMainAttributes().getValue("Bundle-Version");
                    jars.put(name.split(";")[0].strip() + "-" + release(version), Path.of(entry));
                }
            }
        }
        return jars;
    }

    /** Without the qualifier; missing parts of a version are 0. */
    private static String release(String version) throws IOException {
        String complete =
                version.matches("\\d+") ? version + ".0.0" : version.matches("\\d+\\.\\d+") ? version + ".0" : version;
        Matcher matcher = VERSION.matcher(complete);
        if (!matcher.lookingAt()) {
            throw new IOException("'" + version + "' is no version of a bundle");
        }
        return matcher.group();
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.walk(folder)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }
}
