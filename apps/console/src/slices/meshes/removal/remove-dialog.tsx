import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { ChoiceCards } from '@orbweaver/ui/choice-cards'
import { Dialog } from '@orbweaver/ui/dialog'
import { PrimaryButton } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { paths } from '../../../paths.ts'
import { Conditions, Stays, standing } from './conditions.tsx'
import { useRemovalText } from './text.ts'
import { useRemoval } from './use-removal.ts'

type Way = 'record' | 'uninstall'
type Removed = Pick<MeshSummary, 'name' | 'kind' | 'phase'>

/** What happens to what runs in the clusters is chosen first, what stands in the way is mended; the plan then asks for the name. */
export function RemoveDialog(props: { mesh: Removed; onClose: () => void }) {
  const t = useRemovalText()
  const { mesh, onClose } = props
  const [way, setWay] = useState<Way>(mesh.phase === 'terminating' ? 'uninstall' : 'record')
  const { query, away, fix, behind, toggle } = useRemoval(mesh.name)
  const remove = useDeletion(mesh.name)
  if (away) return null
  const removal = query.data
  const blocked = removal !== undefined && (removal.protected || (way === 'uninstall' && standing(removal)))
  return (
    <Dialog
      title={t('title', { mesh: mesh.name })}
      onClose={onClose}
      width={620}
      footer={
        <PrimaryButton
          action={{
            label: t('verb'),
            disabled: blocked ? t('held') : undefined,
            onSelect: () => {
              onClose()
              remove(way, behind)
            },
          }}
        />
      }
    >
      <div className="ow-stack">
        {removal?.protected === true && (
          <div className="mesh-protected" role="alert">
            <div className="mesh-condition">
              <Status health="broken" word={t('protected')} />
              <Button size="small" onClick={() => fix({ type: 'meshes.protect', name: mesh.name, protected: false })}>
                {t('unprotect')}
              </Button>
            </div>
            <p className="ow-soft">{t('protectedHint')}</p>
          </div>
        )}
        <Ways mesh={mesh} way={way} onWay={setWay} />
        {way === 'uninstall' && (
          <QueryView query={query} lines={3}>
            {(found) => (
              <>
                <Conditions removal={found} behind={{ clusters: behind, toggle, hint: t('behindHint') }} onFix={fix} />
                {found.members.length > 0 && (
                  <p className="ow-soft">{t('members', { count: found.members.length, clusters: found.members })}</p>
                )}
                <Stays stays={found.stays} />
              </>
            )}
          </QueryView>
        )}
      </div>
    </Dialog>
  )
}

function Ways(props: { mesh: Removed; way: Way; onWay: (way: Way) => void }) {
  const t = useRemovalText()
  const { mesh, way, onWay } = props
  const ways: Way[] = mesh.kind === 'External' ? ['record'] : ['record', 'uninstall']
  const cards = ways.map((value) => ({
    value,
    title: t(value),
    hint: mesh.kind === 'External' ? t('externalHint') : t(`${value}Hint`),
  }))
  return <ChoiceCards legend={t('lead')} value={way} cards={cards} onChange={onWay} />
}

function useDeletion(name: string) {
  const t = useRemovalText()
  const plan = usePlan()
  const go = useGo()
  return (way: Way, behind: readonly string[]) => {
    const uninstall = way === 'uninstall'
    const stays = uninstall
      ? [
          t('stays.workloads'),
          t('stays.rules'),
          t('stays.crds'),
          ...behind.map((cluster) => t('stays.behind', { cluster })),
        ]
      : [t('stays.istio'), t('stays.workloads')]
    plan.open(
      {
        type: 'meshes.delete',
        name,
        uninstall,
        ...(uninstall && behind.length > 0 && { leaveBehind: [...behind] }),
      },
      { confirmName: name, stays, onDone: () => go(uninstall ? paths.mesh(name) : paths.meshes()) },
    )
  }
}
