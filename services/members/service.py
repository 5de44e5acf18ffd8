"""The Nameko service of the committee, its agencies and its members: one RPC per command."""

from typing import Any

from services.members import agency, committee, member
from services.members import commands as ask
from services.members.history import CODEC
from services.members.mandates import Mandates
from shared.runtime.commands import Commands
from shared.runtime.rpc_entry import rpc_entry


class MembersService:
    """Commands of the `members` context; each answers with a receipt or raises a BcdError."""

    name = "members"
    commands = Commands(CODEC, Mandates)
    self_test = commands.self_test
    close = commands.close

    @rpc_entry
    def establish_committee(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.EstablishCommittee, request)

    @rpc_entry
    def rename_committee(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.RenameCommittee, request)

    @rpc_entry
    def adopt_regulation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.AdoptRegulation, request)

    @rpc_entry
    def amend_regulation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.AmendRegulation, request)

    @rpc_entry
    def designate_focal_point(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.DesignateFocalPoint, request)

    @rpc_entry
    def register_agency(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.RegisterAgency, request)

    @rpc_entry
    def rename_agency(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.RenameAgency, request)

    @rpc_entry
    def merge_agencies(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.MergeAgencies, request)

    @rpc_entry
    def dissolve_agency(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.DissolveAgency, request)

    @rpc_entry
    def appoint_member(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.AppointMember, request)

    @rpc_entry
    def decide_composition(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.DecideComposition, request)

    @rpc_entry
    def change_member_role(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.ChangeMemberRole, request)

    @rpc_entry
    def release_member(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.ReleaseMember, request)

    @rpc_entry
    def report_head_count(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.ReportHeadCount, request)

    @rpc_entry
    def assign_responsibility(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.AssignResponsibility, request)

    @rpc_entry
    def transfer_seats(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.TransferSeats, request)

    @rpc_entry
    def lapse_seats(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.LapseSeats, request)

    @rpc_entry
    def declare_chair_absence(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.DeclareChairAbsence, request)

    @rpc_entry
    def delegate_authority(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.DelegateAuthority, request)

    @rpc_entry
    def end_delegation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.EndDelegation, request)
