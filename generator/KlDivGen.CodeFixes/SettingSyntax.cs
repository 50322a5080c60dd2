using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace KlDivGen.CodeFixes;

/// <summary>Finds and writes the settings of an attribute.</summary>
internal static class SettingSyntax
{
    /// <summary>The expression that sets a property, or <see langword="null"/> where the attribute does not set it.</summary>
    public static ExpressionSyntax? FindSetting(this AttributeSyntax attribute, string property) => attribute.ArgumentList?.Arguments
        .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?.Expression;

    /// <summary>Adds a setting before those that the attribute has.</summary>
    public static AttributeSyntax AddSetting(this AttributeSyntax attribute, string property, ExpressionSyntax value)
    {
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        AttributeArgumentSyntax argument = SyntaxFactory
            .AttributeArgument(value)
            .WithNameEquals(SyntaxFactory.NameEquals(property))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return attribute.WithArgumentList(list.WithArguments(list.Arguments.Insert(0, argument)));
    }
}
