import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { partEnvironment } from '../env.ts'
import { LabError } from '../lab-error.ts'

type Program = {
  readonly program: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Answers of a program that reads one JSON document a line and says one for each, in their order. */
export async function asked(
  { program, args, environment }: Program,
  questions: readonly unknown[],
): Promise<readonly unknown[]> {
  const child = spawn(program, args, { env: partEnvironment(environment), stdio: ['pipe', 'pipe', 'pipe'] })
  const complaints: string[] = []
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()))
  child.stdin.on('error', () => undefined) // it ended early; its exit code says so
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail)
    child.on('close', done)
  })
  child.stdin.end(questions.map((each) => `${JSON.stringify(each)}\n`).join(''))
  const answers: unknown[] = []
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line))
  const code = await ended
  if (code !== 0 || answers.length !== questions.length) {
    const asking = [program.split('/').at(-1), ...args].join(' ')
    throw new LabError(asking, [`${answers.length} of ${questions.length} answers`, ...complaints])
  }
  return answers
}
