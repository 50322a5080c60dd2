using System.Collections.Immutable;
using KlDivGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.CodeFixes;

/// <summary>
/// Sets <c>LogTarget</c> to what the target of a call holds (KLDIV103), or <c>TemperatureSquared</c> (KLDIV106), as long as this is the
/// only call of the method: another call may rely on the present value.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetSettingCodeFixProvider))]
public sealed class SetSettingCodeFixProvider : SyntaxCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(DiagnosticIds.TargetContents, DiagnosticIds.TemperatureScale);

    /// <inheritdoc/>
    private protected override async Task RegisterAsync(CodeFixContext context, SyntaxNode root, Diagnostic diagnostic)
    {
        if (Property(diagnostic, DiagnosticPropertyNames.Setting) is string setting
            && diagnostic.AdditionalLocations.Count == 1
            && diagnostic.AdditionalLocations[0].SourceTree == root.SyntaxTree
            && root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan) is SyntaxNode node
            && node.FirstAncestorOrSelf<AttributeSyntax>() is AttributeSyntax attribute
            && attribute.Parent?.Parent is MethodDeclarationSyntax method
            && await MethodReferences.CountAsync(context.Document, method, context.CancellationToken).ConfigureAwait(false) == 1)
        {
            ExpressionSyntax? expression = attribute.FindSetting(setting);
            bool value = Property(diagnostic, DiagnosticPropertyNames.Suggestion) == bool.TrueString;
            this.Register(
                context,
                root,
                diagnostic,
                $"Set {setting} = {ToLiteral(value)}",
                attribute,
                () => expression is null
                    ? attribute.AddSetting(setting, ToLiteral(value))
                    : attribute.ReplaceNode(expression, ToLiteral(value).WithTriviaFrom(expression)),
                kind: setting);
        }
    }

    private static LiteralExpressionSyntax ToLiteral(bool value) =>
        SyntaxFactory.LiteralExpression(value ? SyntaxKind.TrueLiteralExpression : SyntaxKind.FalseLiteralExpression);
}
