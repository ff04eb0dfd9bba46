package org.evenkeel.configuration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.cm.file.ConfigurationHandler;

/**
 * The text of a configuration file, as FileInstall reads it.
 *
 * <p>FileInstall replaces <code>${name}</code> and takes the backslash as an escape before it reads the values, so that
 * a backslash in a value has to be written four times. Its own writing back does not do that and loses them, which is
 * why it is turned off in the host and done here.
 */
final class FileText {
    private static final Pattern ESCAPE_OR_VARIABLE = Pattern.compile("\\\\([\\\\{}])|\\$\\{([^}]*)}");
    private static final Pattern TYPED_VALUE = Pattern.compile("(?m)^[^#\\s=]+\\s*=\\s*[A-Za-z]?[\"\\[(]");

    private FileText() {}

    static String write(Dictionary<String, Object> content) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ConfigurationHandler.write(text, content);
        return text.toString(StandardCharsets.UTF_8)
                .replace("\r\n", "\n")
                .replace("\\\\", "\\\\\\\\")
                .replace("${", "$\\{");
    }

    /**
     * @param variables the value of <code>${name}</code>; null if there is none
     * @return the values as {@link Contents#of} gives them
     */
    static Map<String, Object> read(String text, UnaryOperator<String> variables) throws IOException {
        if (!TYPED_VALUE.matcher(text).find()) {
            return readPlain(text, variables);
        }
        byte[] replaced = replace(text, variables).getBytes(StandardCharsets.UTF_8);
        @SuppressWarnings("unchecked")
        Dictionary<String, Object> content =
                (Dictionary<String, Object>) ConfigurationHandler.read(new ByteArrayInputStream(replaced));
        return Contents.of(content);
    }

    /** The comments that a file begins with. */
    static String heading(String text) {
        return text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static Map<String, Object> readPlain(String text, UnaryOperator<String> variables) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new IOException("The file is no properties file", e);
        }
        Map<String, Object> content = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            content.put(key, replace(properties.getProperty(key), variables));
        }
        return content;
    }

    private static String replace(String text, UnaryOperator<String> variables) {
        return ESCAPE_OR_VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, variables)));
    }

    private static String value(MatchResult found, UnaryOperator<String> variables) {
        if (found.group(1) != null) {
            return found.group(1);
        }
        String value = variables.apply(found.group(2));
        return value == null ? "" : value;
    }
}
