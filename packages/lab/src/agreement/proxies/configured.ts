import { configurations, type ConfiguredWorld, type ProxyWorld } from '../../envoy/configuration.ts'

/** A world with what Istio's code makes of it for its proxies. */
export type Configured<World> = { readonly world: World; readonly configured: ConfiguredWorld }

export async function configuredWorlds<World extends ProxyWorld>(
  program: string,
  worlds: readonly World[],
): Promise<readonly Configured<World>[]> {
  const made = await configurations(program, worlds)
  return worlds.flatMap((world, index) => {
    const configured = made[index]
    return configured === undefined ? [] : [{ world, configured }]
  })
}

/** The same without the worlds that Istio's code cannot read: those that others wrote may be broken. */
export async function readableWorlds<World extends ProxyWorld>(
  program: string,
  worlds: readonly World[],
): Promise<readonly Configured<World>[]> {
  return (await configuredWorlds(program, worlds)).filter(({ configured }) => configured.errors.length === 0)
}
