package org.evenkeel.setup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Least and greatest values of attributes, which the metatype service applies but does not tell, from the bundle's own
 * metatype documents.
 */
final class MetatypeBounds {

    private static final Logger LOG = LoggerFactory.getLogger(MetatypeBounds.class);
    private static final Bound NONE = new Bound(null, null);

    private final Map<String, Map<String, Bound>> byDefinition = new HashMap<>();
    private final Map<String, String> definitionOf = new HashMap<>();

    /**
     * Bounds as they stand in the document.
     *
     * @param min null when there is none
     * @param max null when there is none
     */
    record Bound(String min, String max) {}

    static MetatypeBounds of(Bundle bundle) {
        MetatypeBounds bounds = new MetatypeBounds();
        for (URL document : documents(bundle)) {
            try (InputStream in = document.openStream()) {
                bounds.read(in);
            } catch (IOException | XMLStreamException e) {
                LOG.warn("{} of {} cannot be read; its bounds are not shown", document.getPath(), bundle, e);
            }
        }
        return bounds;
    }

    private static List<URL> documents(Bundle bundle) {
        var found = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        return found == null ? new ArrayList<>() : Collections.list(found);
    }

    Bound of(String pid, String attribute) {
        return byDefinition
                .getOrDefault(definitionOf.getOrDefault(pid, ""), Map.of())
                .getOrDefault(attribute, NONE);
    }

    private void read(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        String definition = "";
        String pid = "";
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "OCD" -> definition = attribute(reader, "id");
                case "AD" ->
                    byDefinition
                            .computeIfAbsent(definition, id -> new HashMap<>())
                            .put(
                                    attribute(reader, "id"),
                                    new Bound(attribute(reader, "min"), attribute(reader, "max")));
                case "Designate" -> pid = attribute(reader, "factoryPid");
                case "Object" -> definitionOf.put(pid == null ? "" : pid, attribute(reader, "ocdref"));
                default -> {
                    // Icons and the like.
                }
            }
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        return reader.getAttributeValue(null, name);
    }
}
