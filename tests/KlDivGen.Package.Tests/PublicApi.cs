using System.Globalization;
using System.Reflection;
using System.Text;

namespace KlDivGen.Package.Tests;

/// <summary>Prints what an assembly shows to others, one line a member, in an order of its own: a text to compare.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Attributes(type)).Append(Declaration(type)).Append('\n');
            foreach (string member in type.GetMembers(Declared).Select(Line).OfType<string>().Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Declaration(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => (IsReadOnly(type) ? "readonly " : "") + (type.IsByRefLike ? "ref struct" : "struct"),
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        IEnumerable<Type> bases = type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) ? [parent] : [];
        bases = bases.Concat(type.GetInterfaces().OrderBy(contract => contract.FullName, StringComparer.Ordinal));
        string list = string.Join(", ", bases.Select(Name));
        return $"public {kind} {type.Namespace}.{Name(type)}{(list.Length > 0 ? " : " + list : "")}{Constraints(type.GetGenericArguments())}";
    }

    /// <summary>A member's line; <see langword="null"/> where it is not visible or belongs to a property.</summary>
    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo field when Visible(field.Attributes) is { } access && !field.IsSpecialName =>
            $"{Attributes(field)}{access} {(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}"
            + $"{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "")}",
        ConstructorInfo constructor when Visible(constructor) is { } access =>
            $"{Attributes(constructor)}{access} {Simple(constructor.DeclaringType!)}({Parameters(constructor)})",
        MethodInfo method when Visible(method) is { } access && !method.IsSpecialName =>
            $"{Attributes(method)}{access} {Modifiers(method)}{Returned(method)} {method.Name}"
            + $"{Arguments(method.GetGenericArguments())}({Parameters(method)}){Constraints(method.GetGenericArguments())}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(accessor => Visible(accessor) is not null) =>
            PropertyLine(property),
        EventInfo ev when Visible(ev.AddMethod!) is { } access => $"{access} event {Name(ev.EventHandlerType!)} {ev.Name}",
        _ => null,
    };

    private static string PropertyLine(PropertyInfo property)
    {
        MethodInfo[] visible = [.. property.GetAccessors(nonPublic: true).Where(accessor => Visible(accessor) is not null)];
        string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
        string accessors = string.Join(" ", visible.Select(accessor => (accessor == property.GetMethod ? "get" : "set") + ";"));
        return $"{Attributes(property)}{Visible(visible[0])} {Modifiers(visible[0])}{Name(property.PropertyType)} "
            + $"{(index.Length > 0 ? $"this[{index}]" : property.Name)} {{ {accessors} }}";
    }

    private static string? Visible(MethodBase method) => method switch
    {
        { IsPublic: true } => "public",
        { IsFamily: true } or { IsFamilyOrAssembly: true } => "protected",
        _ => null,
    };

    private static string? Visible(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => "public",
        FieldAttributes.Family or FieldAttributes.FamORAssem => "protected",
        _ => null,
    };

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        { DeclaringType.IsValueType: true } when IsReadOnly(method) => "readonly ",
        _ => "",
    };

    private static string Attributes(MemberInfo member) => string.Concat(member.GetCustomAttributesData()
        .Where(data => data.AttributeType.Name is "ObsoleteAttribute" or "EditorBrowsableAttribute" or "AttributeUsageAttribute"
            or "ExperimentalAttribute")
        .OrderBy(data => data.AttributeType.Name, StringComparer.Ordinal)
        .Select(data => $"[{data.AttributeType.Name[..^"Attribute".Length]}({string.Join(", ", data.ConstructorArguments)})] "));

    private static string Returned(MethodInfo method) =>
        IsReadOnly(method.ReturnParameter) ? $"ref readonly {Name(method.ReturnType.GetElementType()!)}" : Name(method.ReturnType);

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string type = parameter switch
        {
            { IsOut: true } => "out " + Name(parameter.ParameterType.GetElementType()!),
            { IsIn: true } => "in " + Name(parameter.ParameterType.GetElementType()!),
            _ => Name(parameter.ParameterType),
        };
        bool scoped = parameter.GetCustomAttributesData().Any(data => data.AttributeType.Name == "ScopedRefAttribute");
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{(scoped ? "scoped " : "")}{type} {parameter.Name}{value}";
    }

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Select(argument =>
    {
        GenericParameterAttributes attributes = argument.GenericParameterAttributes;
        List<string> parts = [.. argument.GetGenericParameterConstraints()
            .Where(type => type != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal)];
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            parts.Insert(0, "class");
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            parts.Insert(0, "struct");
        if (attributes.HasFlag(GenericParameterAttributes.AllowByRefLike))
            parts.Add("allows ref struct");
        return parts.Count > 0 ? $" where {argument.Name} : {string.Join(", ", parts)}" : "";
    }));

    private static bool IsReadOnly(ICustomAttributeProvider provider) =>
        provider.GetCustomAttributes(false).Any(attribute => attribute.GetType().Name == "IsReadOnlyAttribute");

    private static string Name(Type type) => type switch
    {
        { IsByRef: true } => "ref " + Name(type.GetElementType()!),
        { IsArray: true } => $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
        { IsPointer: true } => Name(type.GetElementType()!) + "*",
        { IsGenericParameter: true } => type.Name,
        { IsNested: true } => $"{Name(type.DeclaringType!)}.{Simple(type)}{Arguments(type.GetGenericArguments())}",
        _ => Keyword(type) ?? Simple(type) + Arguments(type.GetGenericArguments()),
    };

    private static string Arguments(Type[] arguments) =>
        arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(Name))}>" : "";

    private static string Simple(Type type) => type.Name.Split('`')[0];

    private static string? Keyword(Type type) => type.IsEnum ? null : Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.String => "string",
        _ when type == typeof(void) => "void",
        _ when type == typeof(nint) => "nint",
        _ when type == typeof(nuint) => "nuint",
        _ when type == typeof(object) => "object",
        _ => null,
    };

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
