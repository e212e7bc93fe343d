/** Answers by question, which must be JSON; the oldest are forgotten, and so are failures. */
export function remembering<Q extends object, A>(
  most: number,
  ask: (question: Q) => Promise<A>,
): (question: Q) => Promise<A> {
  const answers = new Map<string, Promise<A>>()
  return (question) => {
    const key = JSON.stringify(question)
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = ask(question)
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    for (const oldest of answers.keys()) {
      if (answers.size <= most) break
      answers.delete(oldest)
    }
    return answer
  }
}
