import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { Dialog } from '@orbweaver/ui/dialog'
import { Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../app/location.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { paths } from '../../paths.ts'
import { useText } from './text.ts'

type Way = 'record' | 'uninstall'

/** What happens to what runs in the clusters is chosen first; the plan then asks for the name. */
export function RemoveDialog(props: { mesh: Pick<MeshSummary, 'name' | 'kind' | 'phase'>; onClose: () => void }) {
  const t = useText()
  const { mesh, onClose } = props
  const [way, setWay] = useState<Way>('record')
  const remove = useRemoval(mesh.name)
  const ways: Way[] = mesh.kind === 'External' ? ['record'] : ['record', 'uninstall']
  return (
    <Dialog
      title={t('remove.title', { mesh: mesh.name })}
      onClose={onClose}
      width={560}
      footer={
        <Button
          type="primary"
          onClick={() => {
            onClose()
            remove(way)
          }}
        >
          {t('remove.verb')}
        </Button>
      }
    >
      <fieldset className="mesh-ways">
        <legend className="ow-soft">{t('remove.lead')}</legend>
        {ways.map((each) => (
          <div key={each} className="mesh-way" data-chosen={each === way}>
            <input
              type="radio"
              id={`mesh-removal-${each}`}
              name="mesh-removal"
              aria-describedby={`mesh-removal-${each}-hint`}
              checked={each === way}
              onChange={() => setWay(each)}
            />
            <div>
              <label htmlFor={`mesh-removal-${each}`}>{t(`remove.${each}`)}</label>
              <p id={`mesh-removal-${each}-hint`} className="ow-soft">
                {mesh.kind === 'External' ? t('remove.externalHint') : t(`remove.${each}Hint`)}
              </p>
            </div>
          </div>
        ))}
      </fieldset>
    </Dialog>
  )
}

function useRemoval(name: string) {
  const t = useText()
  const plan = usePlan()
  const go = useGo()
  return (way: Way) => {
    const stays =
      way === 'record'
        ? [t('remove.stays.istio'), t('remove.stays.workloads')]
        : [t('remove.stays.workloads'), t('remove.stays.rules'), t('remove.stays.crds')]
    plan.open(
      { type: 'meshes.delete', name, uninstall: way === 'uninstall' },
      { confirmName: name, stays, onDone: () => go(way === 'record' ? paths.meshes() : paths.mesh(name)) },
    )
  }
}
