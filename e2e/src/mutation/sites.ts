import ts from 'typescript'

/** One way to break a file: what stands between two offsets answers otherwise. */
export type Mutant = {
  start: number
  end: number
  line: number
  what: string
  how: 'negated' | 'silent block' | 'silent'
}

/** Functions of lists that are asked yes or no of each entry. */
const asking = new Set(['every', 'filter', 'find', 'findIndex', 'findLast', 'some'])

/** Every condition of a source the wrong way round, and every judge silent; what holds another comes before it. */
export function mutantsOf(path: string, source: string): Mutant[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true)
  const found = new Map<string, Mutant>()
  const add = (node: ts.Node, how: Mutant['how'], what: string) => {
    const start = node.getStart(file)
    const line = file.getLineAndCharacterOfPosition(start).line + 1
    found.set(`${start} ${node.end} ${how}`, { start, end: node.end, line, what, how })
  }
  const visit = (node: ts.Node): void => {
    const judge = judgeOf(node)
    if (judge !== undefined) add(judge, ts.isBlock(judge) ? 'silent block' : 'silent', 'says nothing')
    for (const each of conditionsOf(node).flatMap(leavesOf)) {
      add(each, 'negated', `not ${each.getText(file).replaceAll(/\s+/g, ' ').slice(0, 80)}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return [...found.values()].sort((one, other) => one.start - other.start || other.end - one.end)
}

/** The source with every mutant in it, each asleep until `globalThis.mutation` wakes it by its number. */
export function withMutants(source: string, mutants: readonly Mutant[], first: number): string {
  const opening = (index: number, { how }: Mutant) => {
    const id = first + index
    if (how === 'negated') return `mutation.not(${id}, `
    return how === 'silent' ? `(mutation.wakes(${id}) ? [] : ` : ''
  }
  const inside = (index: number, { how }: Mutant) =>
    how === 'silent block' ? ` if (mutation.wakes(${first + index})) return [];` : ''
  const inserts = mutants.flatMap((each, index) => [
    { at: each.start, closing: false, text: opening(index, each) },
    { at: each.start + 1, closing: false, text: inside(index, each) },
    { at: each.end, closing: true, text: each.how === 'silent block' ? '' : ')' },
  ])
  const ordered = inserts
    .filter(({ text }) => text !== '')
    .sort((one, other) => one.at - other.at || Number(other.closing) - Number(one.closing))
  let done = 0
  let out = ''
  for (const { at, text } of ordered) {
    out += source.slice(done, at) + text
    done = at
  }
  return out + source.slice(done)
}

/** What a node decides by. */
function conditionsOf(node: ts.Node): ts.Expression[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node)) return [node.expression]
  if (ts.isConditionalExpression(node)) return [node.condition]
  if (ts.isReturnStatement(node) && node.expression !== undefined) return answered(node.expression)
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return isAsked(node) ? [node.body] : answered(node.body)
  return []
}

/** An answer counts as a condition where it is plainly one. */
function answered(node: ts.Expression): ts.Expression[] {
  const plain = bare(node)
  return leavesOf(plain).every((each) => isComparison(each) || isNegation(each)) ? [plain] : []
}

function isAsked(node: ts.ArrowFunction): boolean {
  const call = node.parent
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false
  return call.arguments[0] === node && asking.has(call.expression.name.text)
}

/** The body of `judge(…)`, as a method or an arrow. */
function judgeOf(node: ts.Node): ts.Node | undefined {
  if (ts.isMethodDeclaration(node) && node.name.getText() === 'judge') return node.body
  if (!ts.isPropertyAssignment(node) || node.name.getText() !== 'judge') return undefined
  return ts.isArrowFunction(node.initializer) ? node.initializer.body : undefined
}

/** What `and`, `or` and `not` join. */
function leavesOf(node: ts.Expression): ts.Expression[] {
  const plain = bare(node)
  if (isJoined(plain)) {
    return [...leavesOf(plain.left), ...leavesOf(plain.right)]
  }
  if (isNegation(plain) && isJoined(plain.operand)) return leavesOf(plain.operand)
  return [plain]
}

function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? bare(node.expression) : node
}

function isJoined(node: ts.Expression): node is ts.BinaryExpression {
  const plain = bare(node)
  if (!ts.isBinaryExpression(plain)) return false
  const { kind } = plain.operatorToken
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken
}

function isNegation(node: ts.Expression): node is ts.PrefixUnaryExpression {
  return ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken
}

const comparing = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
])

function isComparison(node: ts.Expression): boolean {
  return ts.isBinaryExpression(node) && comparing.has(node.operatorToken.kind)
}
