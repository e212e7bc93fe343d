import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { buildProxies } from '../build.ts'
import { startDir } from '../env.ts'

const usage = `pnpm --filter @orbweaver/lab proxies FILE… --proxy NAMESPACE/POD[:sidecar|router|waypoint]…

  The listeners, routes, clusters and endpoints that istiod generates for these Pods of a world of YAML files (or
  folders), as JSON. mesh-config.yaml holds the settings of the mesh. PILOT_ENABLE_AMBIENT=true: as in an ambient mesh.
`

async function main(args: readonly string[]): Promise<number> {
  if (!args.includes('--proxy')) {
    process.stderr.write(usage)
    return 2
  }
  const program = await buildProxies((line) => void process.stderr.write(`${line}\n`))
  const paths = args.map((each, index) =>
    each.startsWith('--') || args[index - 1] === '--proxy' ? each : resolve(startDir(), each),
  )
  const child = spawn(program, paths, { stdio: 'inherit' })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done(code ?? 1))
  })
}

process.exitCode = await main(process.argv.slice(2).filter((each) => each !== '--'))
