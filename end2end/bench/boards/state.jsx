// What both boards in React share: the columns as state, and what a drop makes of them.
import { DragDropContext } from "@hello-pangea/dnd";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { board, insideHtml, loadAll, moveCard, stages } from "./shared.js";

/** A card's slot; what is in it comes as ready markup, which costs React less than elements would. */
export function Slot({ card, provided, held, style }) {
  return (
    <li
      ref={provided.innerRef}
      {...provided.draggableProps}
      {...provided.dragHandleProps}
      style={{ ...style, ...provided.draggableProps.style }}
      className="board__slot"
      data-deal={card.id}
      data-held={held ? "" : undefined}
      dangerouslySetInnerHTML={{ __html: insideHtml(card) }}
    />
  );
}

function moved(columns, source, destination) {
  const next = { ...columns };
  const from = [...columns[source.droppableId]];
  const [card] = from.splice(source.index, 1);
  next[source.droppableId] = from;
  const to = [...next[destination.droppableId]];
  to.splice(destination.index, 0, card);
  next[destination.droppableId] = to;
  return { next, card, before: to[destination.index - 1] };
}

export async function start(Column) {
  const loaded = await loadAll();
  const first = Object.fromEntries(stages.map((stage, index) => [stage.id, loaded[index].cards]));
  function Board() {
    const [columns, setColumns] = useState(first);
    const drop = ({ source, destination }) => {
      if (destination) {
        const { next, card, before } = moved(columns, source, destination);
        setColumns(next);
        void moveCard(card, destination.droppableId, before);
      }
    };
    return (
      <DragDropContext onDragEnd={drop}>
        {stages.map((stage) => (
          <Column key={stage.id} stage={stage} cards={columns[stage.id]} />
        ))}
      </DragDropContext>
    );
  }
  createRoot(board).render(<Board />);
}
