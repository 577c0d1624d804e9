package cn.cityapis.policy.format;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** What a reader sees of a piece of Markdown: without emphasis, link targets and tags. */
final class InlineText extends AbstractVisitor {

    private final StringBuilder text = new StringBuilder();

    private InlineText() {
    }

    static String of(Node block) {
        InlineText inline = new InlineText();
        inline.visitChildren(block);
        return inline.text.toString();
    }

    @Override
    public void visit(Text literal) {
        text.append(literal.getLiteral());
    }

    @Override
    public void visit(Code code) {
        text.append(code.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak end) {
        text.append(Lines.SOFT_BREAK);
    }

    @Override
    public void visit(HardLineBreak end) {
        text.append(Lines.HARD_BREAK);
    }

    @Override
    public void visit(HtmlInline tag) {
        if (tag.getLiteral().matches("(?i)<br\\s*/?>")) {
            text.append(Lines.HARD_BREAK);
        }
    }
}
