import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { usePickerText } from './text.ts'

/** Choose a mesh; more than a hundred are found by the global search. */
export function MeshPicker(props: { value: string; onChange: (mesh: string) => void; compact?: boolean }) {
  const t = usePickerText()
  const list = useQuery(api.meshes.list.queryOptions({ input: { size: 100 } }))
  const meshes = list.data?.items ?? []
  return (
    <div className="ow-mesh-picker">
      <MenuButton
        label={`${t('mesh')}: ${props.value}`}
        className="ow-picker"
        align="start"
        trigger={
          <>
            <Icon name="mesh" />
            {props.compact !== true && <span className="ow-picker-value">{props.value}</span>}
            {props.compact !== true && <Icon name="down" />}
          </>
        }
        entries={meshes.map((mesh) => ({
          key: mesh.name,
          label: mesh.displayName === undefined ? mesh.name : `${mesh.displayName} (${mesh.name})`,
          checked: mesh.name === props.value,
          onSelect: () => props.onChange(mesh.name),
        }))}
      />
    </div>
  )
}
