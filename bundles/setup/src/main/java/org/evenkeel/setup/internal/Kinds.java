package org.evenkeel.setup.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.setup.StoreKind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds of stores, asked anew each time: connectors come and go. Thread-safe. */
final class Kinds {

    private static final Logger LOG = LoggerFactory.getLogger(Kinds.class);

    /** What the host fills in itself. */
    private static final Set<String> HIDDEN = Set.of(StoreConnector.STORE, StoreConnector.STORE_NAME);

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;
    private final MetaTypeService metatype;
    private final Set<String> complained = ConcurrentHashMap.newKeySet();

    Kinds(BundleContext context, ServiceComponentRuntime runtime, MetaTypeService metatype) {
        this.context = context;
        this.runtime = runtime;
        this.metatype = metatype;
    }

    /** All kinds, by name. */
    List<Kind> all() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
            if (Arrays.asList(component.serviceInterfaces).contains(StoreConnector.class.getName())) {
                kind(component).ifPresent(kind -> kinds.putIfAbsent(kind.pid(), kind));
            }
        }
        return kinds.values().stream()
                .sorted(Comparator.comparing(kind -> kind.form().name(), String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    Optional<Kind> find(String pid) {
        return all().stream().filter(kind -> kind.pid().equals(pid)).findFirst();
    }

    private Optional<Kind> kind(ComponentDescriptionDTO component) {
        Bundle bundle = context.getBundle(component.bundle.id);
        if (bundle == null) {
            return Optional.empty();
        }
        MetaTypeInformation information = metatype.getMetaTypeInformation(bundle);
        List<String> factories =
                information.getFactoryPids() == null ? List.of() : Arrays.asList(information.getFactoryPids());
        Optional<String> pid = Arrays.stream(component.configurationPid)
                .filter(factories::contains)
                .findFirst();
        if (pid.isEmpty()) {
            return complain(component, "it has no metatype with a factory PID, from which its form could be drawn");
        }
        if (!StoreNaming.canBeFile(pid.get())) {
            return complain(
                    component, "its factory PID " + pid.get() + " has a hyphen, which file names cannot tell apart");
        }
        try {
            return Optional.of(kind(component, pid.get(), information, MetatypeBounds.of(bundle)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.debug("The connector {} went away while its form was drawn", component.name, e);
            return Optional.empty();
        }
    }

    private Optional<Kind> complain(ComponentDescriptionDTO component, String why) {
        if (complained.add(component.bundle.symbolicName + " " + component.bundle.version + " " + component.name)) {
            LOG.warn("The connector {} offers no kind of store: {}", component.name, why);
        }
        return Optional.empty();
    }

    private static Kind kind(
            ComponentDescriptionDTO component, String pid, MetaTypeInformation information, MetatypeBounds bounds) {
        ObjectClassDefinition definition = information.getObjectClassDefinition(pid, null);
        Set<String> required = ids(definition.getAttributeDefinitions(ObjectClassDefinition.REQUIRED));
        Map<String, AttributeDefinition> definitions = new LinkedHashMap<>();
        List<StoreKind.Attribute> attributes = new ArrayList<>();
        for (AttributeDefinition one : orEmpty(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))) {
            if (!HIDDEN.contains(one.getID())) {
                definitions.put(one.getID(), one);
                attributes.add(attribute(one, required.contains(one.getID()), bounds.of(pid, one.getID())));
            }
        }
        return new Kind(
                new StoreKind(
                        pid, orElse(definition.getName(), pid), orElse(definition.getDescription(), ""), attributes),
                definitions,
                component);
    }

    private static StoreKind.Attribute attribute(
            AttributeDefinition one, boolean required, MetatypeBounds.Bound bound) {
        return new StoreKind.Attribute(
                one.getID(),
                orElse(one.getName(), one.getID()),
                orElse(one.getDescription(), ""),
                type(one.getType()),
                required,
                defaults(one),
                options(one),
                bound.min(),
                bound.max(),
                one.getCardinality() != 0);
    }

    private static StoreKind.Type type(int type) {
        return switch (type) {
            case AttributeDefinition.PASSWORD -> StoreKind.Type.SECRET;
            case AttributeDefinition.BOOLEAN -> StoreKind.Type.BOOLEAN;
            case AttributeDefinition.BYTE,
                    AttributeDefinition.SHORT,
                    AttributeDefinition.INTEGER,
                    AttributeDefinition.LONG -> StoreKind.Type.WHOLE_NUMBER;
            case AttributeDefinition.FLOAT, AttributeDefinition.DOUBLE -> StoreKind.Type.DECIMAL;
            default -> StoreKind.Type.TEXT;
        };
    }

    /** An empty text as the only default is how annotations say that there is none. */
    private static List<String> defaults(AttributeDefinition one) {
        String[] values = one.getDefaultValue();
        return values == null || (values.length == 1 && values[0].isEmpty()) ? List.of() : List.of(values);
    }

    private static List<StoreKind.Option> options(AttributeDefinition one) {
        String[] values = one.getOptionValues();
        String[] labels = one.getOptionLabels();
        List<StoreKind.Option> options = new ArrayList<>();
        for (int i = 0; values != null && i < values.length; i++) {
            options.add(new StoreKind.Option(values[i], labels == null ? values[i] : labels[i]));
        }
        return options;
    }

    private static Set<String> ids(AttributeDefinition[] definitions) {
        Set<String> ids = new LinkedHashSet<>();
        orEmpty(definitions).forEach(one -> ids.add(one.getID()));
        return ids;
    }

    private static List<AttributeDefinition> orEmpty(AttributeDefinition[] definitions) {
        return definitions == null ? List.of() : Arrays.asList(definitions);
    }

    private static String orElse(String text, String other) {
        return text == null || text.isBlank() ? other : text;
    }
}
