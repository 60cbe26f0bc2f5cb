package dev.lockstep.monitoring.jmx;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanInfoSupport;

/**
 * A node for JMX: reads its attributes, which are of open types, as an MXBean's are. There is
 * nothing to be set or called. Thread-safe.
 */
final class NodeBean implements DynamicMBean {

    private final Map<String, NodeAttribute> attributes = new TreeMap<>();

    NodeBean(Stream<NodeAttribute> attributes) {
        attributes.forEach(each -> this.attributes.put(each.info().getName(), each));
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        NodeAttribute found = attributes.get(name);
        if (found == null) {
            throw new AttributeNotFoundException(name);
        }
        return found.value().get();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList read = new AttributeList();
        for (String name : names) {
            NodeAttribute found = attributes.get(name);
            if (found != null) {
                read.add(new Attribute(name, found.value().get()));
            }
        }
        return read;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " can't be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList values) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String operation, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(operation);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        OpenMBeanAttributeInfo[] infos =
                attributes.values().stream().map(NodeAttribute::info).toArray(OpenMBeanAttributeInfo[]::new);
        return new OpenMBeanInfoSupport(
                NodeBean.class.getName(), "What a node of Lockstep does and is", infos, null, null, null);
    }
}
