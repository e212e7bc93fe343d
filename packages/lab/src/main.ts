import { resolve } from 'node:path'
import { agent } from './agent.ts'
import { help, type Invocation, parseInvocation } from './arguments.ts'
import { build } from './build.ts'
import { down } from './down.ts'
import { defaultRunDir } from './env.ts'
import { LabError } from './lab-error.ts'
import { runDir } from './run-dir.ts'
import { status, where } from './status.ts'
import { isUp, up } from './up.ts'

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`

const run = async ({ command, wish, dir: chosen }: Extract<Invocation, { kind: 'run' }>): Promise<number> => {
  const dir = runDir(resolve(chosen ?? defaultRunDir()))
  const started = Date.now()
  switch (command) {
    case 'agent':
      await agent(dir.root)
      return 0
    case 'build': {
      const built = await build(say)
      for (const [family, path] of Object.entries(built)) say(`${family}: ${path}`)
      return 0
    }
    case 'up':
      await up(dir, { wish, say })
      for (const line of [`the lab is up (${seconds(started)})`, ...where(dir)]) say(line)
      return 0
    case 'down':
      say(`the lab is down (${await down(dir)} processes ended, ${seconds(started)})`)
      return 0
    case 'status':
      for (const line of status(dir)) say(line)
      return isUp(dir) ? 0 : 1
  }
}

const main = async (): Promise<number> => {
  const invocation = parseInvocation(process.argv.slice(2))
  if (invocation.kind === 'run') return run(invocation)
  process.stdout.write(invocation.kind === 'help' ? help : `${invocation.reason}\n\n${help}`)
  return invocation.kind === 'help' ? 0 : 2
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof LabError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  )
  return 1
})
